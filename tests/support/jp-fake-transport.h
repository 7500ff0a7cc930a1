/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-transport.h"

G_BEGIN_DECLS

/* A transport in memory: a function answers, a script of faults decides what becomes of each
 * request. Main thread only. */

/**
 * JpFakeFault:
 * @JP_FAKE_FAULT_NONE: the request is answered
 * @JP_FAKE_FAULT_DROP_REQUEST: the request gets lost; the client sees OFFLINE
 * @JP_FAKE_FAULT_DROP_REPLY: the request is carried out, its answer gets lost; the client sees
 *   OFFLINE
 * @JP_FAKE_FAULT_DUPLICATE: the request is carried out twice; the second answer arrives
 * @JP_FAKE_FAULT_REPLAY: the request is answered, and carried out once more after the next one
 * @JP_FAKE_FAULT_HOLD: the request is carried out when it is released
 * @JP_FAKE_FAULT_CAPTIVE: a captive portal answers with a page and status 200
 *
 * What can become of a request.
 */
typedef enum {
  JP_FAKE_FAULT_NONE,
  JP_FAKE_FAULT_DROP_REQUEST,
  JP_FAKE_FAULT_DROP_REPLY,
  JP_FAKE_FAULT_DUPLICATE,
  JP_FAKE_FAULT_REPLAY,
  JP_FAKE_FAULT_HOLD,
  JP_FAKE_FAULT_CAPTIVE,
} JpFakeFault;

/**
 * JpFakeTransportFunc:
 * @request: what is asked
 * @user_data: as given to [ctor@Jp.FakeTransport.new]
 *
 * Answers in the platform's place.
 *
 * Returns: (transfer full): the answer
 */
typedef JpTransportReply *(*JpFakeTransportFunc) (JpTransportRequest *request, gpointer user_data);

#define JP_TYPE_FAKE_TRANSPORT (jp_fake_transport_get_type ())

G_DECLARE_FINAL_TYPE (JpFakeTransport, jp_fake_transport, JP, FAKE_TRANSPORT, GObject)

JpFakeTransport    *jp_fake_transport_new (JpFakeTransportFunc func, gpointer user_data);
void                jp_fake_transport_push_fault (JpFakeTransport *self, JpFakeFault fault);
void                jp_fake_transport_forget_faults (JpFakeTransport *self);
void                jp_fake_transport_push_reply (JpFakeTransport *self, JpTransportReply *reply);
void                jp_fake_transport_set_online (JpFakeTransport *self, gboolean online);
gboolean            jp_fake_transport_release (JpFakeTransport *self);
guint               jp_fake_transport_get_n_sent (JpFakeTransport *self);
guint               jp_fake_transport_get_n_carried_out (JpFakeTransport *self);
JpTransportRequest *jp_fake_transport_get_last_request (JpFakeTransport *self);

JpTransportReply *jp_fake_transport_new_json_reply (guint status, const char *json);

G_END_DECLS
