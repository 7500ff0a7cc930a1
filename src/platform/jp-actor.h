/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-actor-link.h"

G_BEGIN_DECLS

/* Plays the people around a school over the public requests: trainees, terminals, reviewers,
 * examiners and the bank. Each step tells what it did in one line. */

/**
 * JpActorOptions:
 * @contract: (nullable): number of the contract
 * @school: (nullable): id, number or name of the school
 * @part: 1 … 4, 0 = the next one
 * @subject: 1 … 4, 0 = the next one
 * @minutes: how long to train at most, 0 = what the part still asks for
 * @outcome: (nullable): of an exam, %NULL = passed
 * @licence: (nullable): licence type of an enrolment, %NULL = C1
 * @suspicious: train as one should not
 * @wait_s: how long to wait for a contract that has not arrived yet
 *
 * What a step is about.
 */
typedef struct
{
  char    *contract;
  char    *school;
  int      part;
  int      subject;
  int      minutes;
  char    *outcome;
  char    *licence;
  gboolean suspicious;
  int      wait_s;
} JpActorOptions;

typedef struct _JpActor JpActor;

/**
 * JpActorTellFunc:
 * @line: what was done
 * @user_data: as given to jp_actor_new()
 */
typedef void (*JpActorTellFunc) (const char *line, gpointer user_data);

/**
 * JpActorPauseFunc:
 * @ms: how long to wait
 * @user_data: as given to jp_actor_new()
 */
typedef void (*JpActorPauseFunc) (guint ms, gpointer user_data);

/**
 * JpActorHost:
 * @clock: measures how long to wait
 * @random: decides where nobody says
 * @tell: told what was done
 * @pause: waits
 * @user_data: for @tell and @pause
 *
 * What an actor needs of the program it is in.
 */
typedef struct
{
  JpClock         *clock;
  JpIdSource      *random;
  JpActorTellFunc  tell;
  JpActorPauseFunc pause;
  gpointer         user_data;
} JpActorHost;

JpActor *jp_actor_new (JpActorLink *link, const JpActorHost *host);

void     jp_actor_free (JpActor *self);
gboolean jp_actor_has_step (const char *name);
gboolean
jp_actor_do (JpActor *self, const char *name, const JpActorOptions *options, GError **error);
gboolean jp_actor_sleep (JpActor *self, GError **error);
gboolean jp_actor_play_round (JpActor *self, const JpActorOptions *options, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpActor, jp_actor_free)

G_END_DECLS
