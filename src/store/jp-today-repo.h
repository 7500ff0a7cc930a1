/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-query.h"

G_BEGIN_DECLS

#define JP_TODAY_EXPIRY_DAYS 30 /* how far ahead the expiry list looks */
#define JP_TODAY_NAMES       3  /* names shown in a work-list */
#define JP_TODAY_MONTHS      6  /* months in the money chart */

/**
 * JpTodayTask:
 *
 * The work-lists of the page Today. Each can reach zero.
 */
typedef enum {
  JP_TODAY_ENROLMENTS, /* online enrolments to accept */
  JP_TODAY_UNSIGNED,   /* contracts sent and not signed */
  JP_TODAY_UNPAID,     /* contracts signed and not paid */
  JP_TODAY_COMPLAINTS, /* complaints to answer */
  JP_TODAY_CONFLICTS,  /* conflicts to decide */
  JP_TODAY_STATEMENTS, /* settlement statements not looked at */
  JP_TODAY_REFUNDS,    /* withdrawals that wait for the platform */
  JP_TODAY_ANSWERS,    /* answers to disputes that nobody has read */
} JpTodayTask;

#define JP_TODAY_N_TASKS (JP_TODAY_ANSWERS + 1)

/**
 * JpTodayList:
 * @count: how many
 * @names: (owned): names of the oldest, at most %JP_TODAY_NAMES
 * @oldest_us: since when the oldest waits, 0 = unknown
 */
typedef struct
{
  gint64 count;
  GStrv  names;
  gint64 oldest_us;
} JpTodayList;

/**
 * JpTodayExpiry:
 * @kind: kind of the record
 * @id: the record
 * @title: (owned): what names it
 * @field: the date that comes
 * @date: when
 */
typedef struct
{
  JpKind    kind;
  JpId      id;
  char     *title;
  JpFieldId field;
  JpDate    date;
} JpTodayExpiry;

/**
 * JpToday:
 * @lists: the work-lists
 * @expiries: (owned) (element-type JpTodayExpiry): what expires within %JP_TODAY_EXPIRY_DAYS or has
 *   expired, the earliest first
 * @waiting_ops: operations not judged
 * @oldest_op_us: when the oldest of them was made
 * @in_custody_fen: of this school's contracts, still at the bank
 * @released_month_fen: released to the school this month
 * @months: released and refunded in the last months, the present one last
 * @yesterday_sessions: sessions that began yesterday
 * @yesterday_minutes: recorded in them
 * @yesterday_valid_minutes: of them valid
 *
 * Everything the page Today shows.
 */
typedef struct
{
  JpTodayList lists[JP_TODAY_N_TASKS];
  GPtrArray  *expiries;
  gint64      waiting_ops;
  gint64      oldest_op_us;
  gint64      in_custody_fen;
  gint64      released_month_fen;
  struct
  {
    JpDate month; /* its first day */
    gint64 released_fen;
    gint64 refunded_fen;
  } months[JP_TODAY_MONTHS];
  gint64 yesterday_sessions;
  gint64 yesterday_minutes;
  gint64 yesterday_valid_minutes;
} JpToday;

JpToday *jp_today_repo_read (JpVault *vault, GError **error);
void     jp_today_repo_free (JpToday *self);
JpQuery *jp_today_repo_new_query (JpTodayTask task);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpToday, jp_today_repo_free)

G_END_DECLS
