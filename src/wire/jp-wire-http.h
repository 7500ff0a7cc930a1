/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What client and platform must spell alike in HTTP (sync.md §3.3, §3.4). */

/* The version of the protocol, sent by the client and echoed by the platform on every answer: an
 * answer without it comes from something else, a captive portal for instance. */
#define JP_WIRE_PROTOCOL_VERSION "1"
#define JP_WIRE_PROTOCOL_HEADER  "Sync-Protocol"
#define JP_WIRE_SCHEMA_HEADER    "Sync-Schema"

/* Versions of the records that this program speaks. 2: sums cover what rows say, and a conflict
 * names both sides. */
#define JP_WIRE_SCHEMA_VERSION 2
#define JP_WIRE_SCHEMA_OLDEST  1

#define JP_WIRE_TYPE_JSON         "application/json"
#define JP_WIRE_TYPE_JSON_UTF8    "application/json; charset=utf-8"
#define JP_WIRE_TYPE_PROBLEM      "application/problem+json"
#define JP_WIRE_TYPE_OCTET_STREAM "application/octet-stream"

/* Limits of a push. */
#define JP_WIRE_MAX_PUSH_PACKED_BYTES (256 * 1024)
#define JP_WIRE_MAX_PUSH_BYTES        (1024 * 1024)
#define JP_WIRE_MAX_INFLATED_BYTES    (8 * 1024 * 1024)

/* Bodies from this size on are worth packing. */
#define JP_WIRE_PACK_FROM_BYTES 512

/* Types of problems (RFC 9457): stable names, the client decides by them. */
#define JP_WIRE_PROBLEM(name)           "urn:jp:problem:" name
#define JP_WIRE_PROBLEM_BAD_REQUEST     JP_WIRE_PROBLEM ("bad-request")
#define JP_WIRE_PROBLEM_BAD_JSON        JP_WIRE_PROBLEM ("bad-json")
#define JP_WIRE_PROBLEM_BAD_ENCODING    JP_WIRE_PROBLEM ("bad-encoding")
#define JP_WIRE_PROBLEM_TOO_LARGE       JP_WIRE_PROBLEM ("too-large")
#define JP_WIRE_PROBLEM_QUOTA           JP_WIRE_PROBLEM ("quota")
#define JP_WIRE_PROBLEM_INVALID         JP_WIRE_PROBLEM ("invalid")
#define JP_WIRE_PROBLEM_NOT_FOUND       JP_WIRE_PROBLEM ("not-found")
#define JP_WIRE_PROBLEM_METHOD          JP_WIRE_PROBLEM ("method-not-allowed")
#define JP_WIRE_PROBLEM_AUTH            JP_WIRE_PROBLEM ("auth")
#define JP_WIRE_PROBLEM_DEVICE_REVOKED  JP_WIRE_PROBLEM ("device-revoked")
#define JP_WIRE_PROBLEM_FORBIDDEN       JP_WIRE_PROBLEM ("forbidden")
#define JP_WIRE_PROBLEM_CONFLICT        JP_WIRE_PROBLEM ("conflict")
#define JP_WIRE_PROBLEM_SCHEMA_TOO_OLD  JP_WIRE_PROBLEM ("schema-too-old")
#define JP_WIRE_PROBLEM_SCHEMA_TOO_NEW  JP_WIRE_PROBLEM ("schema-too-new")
#define JP_WIRE_PROBLEM_EPOCH_CHANGED   JP_WIRE_PROBLEM ("epoch-changed")
#define JP_WIRE_PROBLEM_STATION_FORKED  JP_WIRE_PROBLEM ("station-forked")
#define JP_WIRE_PROBLEM_GAP             JP_WIRE_PROBLEM ("gap")
#define JP_WIRE_PROBLEM_RATE_LIMITED    JP_WIRE_PROBLEM ("rate-limited")
#define JP_WIRE_PROBLEM_BUSY            JP_WIRE_PROBLEM ("busy")
#define JP_WIRE_PROBLEM_READ_ONLY       JP_WIRE_PROBLEM ("read-only")
#define JP_WIRE_PROBLEM_RESYNC_REQUIRED JP_WIRE_PROBLEM ("resync-required")
#define JP_WIRE_PROBLEM_INTERNAL        JP_WIRE_PROBLEM ("internal")
