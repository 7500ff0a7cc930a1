/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-start.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* The world around the desk: the platform and the people of the city, as programs of their own. */

#define JP_TOUR_SCHOOL   "牡丹驾校"
#define JP_TOUR_PASSWORD "demo-school"

/**
 * JpTourWorld:
 * @platform_program: (owned): jiapei-platform
 * @actor_program: (owned): jiapei-actor
 * @folder: (owned): where the platform keeps its data
 * @platform: (owned) (nullable): the running platform
 * @lines: (owned) (nullable): what it prints
 * @url: (owned) (nullable): its address
 * @authority: (owned) (nullable): file of its CA
 * @code: (owned) (nullable): code to enrol with
 * @port: its port, 0 = not known yet
 */
typedef struct
{
  char             *platform_program;
  char             *actor_program;
  char             *folder;
  GSubprocess      *platform;
  GDataInputStream *lines;
  char             *url;
  char             *authority;
  char             *code;
  int               port;
} JpTourWorld;

void     jp_tour_world_start (JpTourWorld *self);
void     jp_tour_world_stop (JpTourWorld *self);
gboolean jp_tour_world_act (JpTourWorld *self, const char *what, const char *contract_no);
void     jp_tour_world_clear (JpTourWorld *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JpTourWorld, jp_tour_world_clear)

/* What the tour says: one line for what it does, one for each thing it checked. */
void jp_tour_say (const char *format, ...) G_GNUC_PRINTF (1, 2);
void jp_tour_check (gboolean ok, const char *format, ...) G_GNUC_PRINTF (2, 3);
int  jp_tour_get_n_failed (void);
void jp_tour_note (const char *format, ...) G_GNUC_PRINTF (1, 2);
void jp_tour_sum_up (void);
void jp_tour_set_tap (gboolean on);

G_END_DECLS
