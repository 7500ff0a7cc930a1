/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-platform-store.h"

G_BEGIN_DECLS

/* Who speaks to the public part of the platform: a trainee about one contract, an applicant about
 * one enrolment, and those who work for the city. Each has a token; only its hash is kept. */

/**
 * JpPublicRole:
 * @JP_PUBLIC_TRAINEE: the trainee of one contract
 * @JP_PUBLIC_APPLICANT: whoever made one enrolment
 * @JP_PUBLIC_MESSENGER: brings trainees their tokens, as a text message does
 * @JP_PUBLIC_TERMINAL: sends sessions
 * @JP_PUBLIC_REVIEWER: judges sessions, parts, refunds and transfers
 * @JP_PUBLIC_EXAMINER: sends exam results
 * @JP_PUBLIC_BANK: asks for statements
 * @JP_PUBLIC_ADMINISTRATOR: sees the stations and shuts them out
 *
 * What a caller may do. Values are bits.
 */
typedef enum {
  JP_PUBLIC_TRAINEE = 1 << 0,
  JP_PUBLIC_APPLICANT = 1 << 1,
  JP_PUBLIC_MESSENGER = 1 << 2,
  JP_PUBLIC_TERMINAL = 1 << 3,
  JP_PUBLIC_REVIEWER = 1 << 4,
  JP_PUBLIC_EXAMINER = 1 << 5,
  JP_PUBLIC_BANK = 1 << 6,
  JP_PUBLIC_ADMINISTRATOR = 1 << 7,
} JpPublicRole;

#define JP_PUBLIC_OPERATORS                                                                        \
  (JP_PUBLIC_MESSENGER | JP_PUBLIC_TERMINAL | JP_PUBLIC_REVIEWER | JP_PUBLIC_EXAMINER |            \
   JP_PUBLIC_BANK | JP_PUBLIC_ADMINISTRATOR)

#define JP_PUBLIC_TOKEN_FOLDER "roles"

/**
 * JpPublicCaller:
 * @role: what it may do
 * @school: the school of @subject, or none
 * @subject: the contract of a trainee, the enrolment of an applicant, or none
 *
 * Who asks.
 */
typedef struct
{
  JpPublicRole role;
  JpId         school;
  JpId         subject;
} JpPublicCaller;

gboolean jp_public_token_make (JpPlatformStore      *store,
                               const JpPublicCaller *owner,
                               gint64                valid_us,
                               char                **out_token,
                               GError              **error);
gboolean jp_public_token_find (JpPlatformStore *store,
                               const char      *token,
                               JpPublicCaller  *out_caller,
                               GError         **error);
gboolean
      jp_public_token_ensure_operators (JpPlatformStore *store, const char *folder, GError **error);
char *jp_public_token_read (const char *folder, JpPublicRole role, GError **error);

G_END_DECLS
