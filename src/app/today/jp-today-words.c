/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-today-words.h"

#include "jp-expiry.h"
#include "jp-money.h"
#include "jp-plural.h"

#include <glib/gi18n-lib.h>

#define DAYS_PER_WEEK   7
#define MONTHS_PER_YEAR 12

static const struct
{
  const char *title;
  const char *clear; /* how it is called where nothing waits */
  JpTint      tint;
} tasks[JP_TODAY_N_TASKS] = {
  [JP_TODAY_ENROLMENTS] = { NC_ ("today", "Online enrolments to accept"),
                            NC_ ("today", "online enrolments"), JP_TINT_INFO },
  [JP_TODAY_UNSIGNED] = { NC_ ("today", "Contracts to be signed"),
                          NC_ ("today", "contracts to sign"), JP_TINT_INFO },
  [JP_TODAY_UNPAID] = { NC_ ("today", "Contracts to be paid"), NC_ ("today", "payments"),
                        JP_TINT_INFO },
  [JP_TODAY_COMPLAINTS] = { NC_ ("today", "Complaints to answer"), NC_ ("today", "complaints"),
                            JP_TINT_BAD },
  [JP_TODAY_CONFLICTS] = { NC_ ("today", "Changes to decide on"), NC_ ("today", "conflicts"),
                           JP_TINT_WARN },
  [JP_TODAY_STATEMENTS] = { NC_ ("today", "Statements to look at"), NC_ ("today", "statements"),
                            JP_TINT_WARN },
  [JP_TODAY_REFUNDS] = { NC_ ("today", "Withdrawals under way"), NC_ ("today", "withdrawals"),
                         JP_TINT_INFO },
  [JP_TODAY_ANSWERS] = { NC_ ("today", "Answers to disputes"), NC_ ("today", "answers"),
                         JP_TINT_INFO },
};

static const char *const weekdays[DAYS_PER_WEEK] = {
  NC_ ("weekday", "Monday"),   NC_ ("weekday", "Tuesday"), NC_ ("weekday", "Wednesday"),
  NC_ ("weekday", "Thursday"), NC_ ("weekday", "Friday"),  NC_ ("weekday", "Saturday"),
  NC_ ("weekday", "Sunday"),
};

static const char *const months[MONTHS_PER_YEAR] = {
  NC_ ("month", "Jan"), NC_ ("month", "Feb"), NC_ ("month", "Mar"), NC_ ("month", "Apr"),
  NC_ ("month", "May"), NC_ ("month", "Jun"), NC_ ("month", "Jul"), NC_ ("month", "Aug"),
  NC_ ("month", "Sep"), NC_ ("month", "Oct"), NC_ ("month", "Nov"), NC_ ("month", "Dec"),
};

/* A Monday. */
#define KNOWN_MONDAY ((JpDate)20260105)

/**
 * jp_today_words_get_title:
 * @task: a work-list
 *
 * Returns: (transfer none): its translated title
 */
const char *
jp_today_words_get_title (JpTodayTask task)
{
  g_return_val_if_fail (task < JP_TODAY_N_TASKS, "");

  return g_dpgettext2 (GETTEXT_PACKAGE, "today", tasks[task].title);
}

/**
 * jp_today_words_get_tint:
 * @task: a work-list
 *
 * Returns: the tint of its count
 */
JpTint
jp_today_words_get_tint (JpTodayTask task)
{
  g_return_val_if_fail (task < JP_TODAY_N_TASKS, JP_TINT_MUTE);

  return tasks[task].tint;
}

/**
 * jp_today_words_dup_age:
 * @since_us: when it began
 * @now_us: now
 *
 * Returns: (transfer full): how long the oldest one waits
 */
char *
jp_today_words_dup_age (gint64 since_us, gint64 now_us)
{
  gint64 minutes = MAX (now_us - since_us, 0) / JP_MINUTE_US;
  gint64 days =
    jp_date_days_between (jp_date_from_instant (since_us), jp_date_from_instant (now_us));

  if (minutes < 1)
    return g_strdup (_ ("since just now"));
  if (minutes < 60)
    return jp_plural_format (NP_ ("oldest %d minute ago", "oldest %d minutes ago"), minutes);
  if (days < 1)
    return jp_plural_format (NP_ ("oldest %d hour ago", "oldest %d hours ago"), minutes / 60);
  return jp_plural_format (NP_ ("oldest %d day ago", "oldest %d days ago"), days);
}

/* Complaints are ordered by the day until which they must be answered. */
static char *
dup_due (gint64 due_us, gint64 now_us)
{
  int days = jp_date_days_between (jp_date_from_instant (now_us), jp_date_from_instant (due_us));

  if (days < 0)
    return jp_plural_format (NP_ ("answer overdue by %d day", "answer overdue by %d days"), -days);
  if (days == 0)
    return g_strdup (_ ("answer due today"));
  return jp_plural_format (NP_ ("answer due in %d day", "answer due in %d days"), days);
}

/**
 * jp_today_words_dup_subtitle:
 * @task: a work-list
 * @list: what it holds
 * @now_us: now
 *
 * Returns: (transfer full): whom it is about and how long they wait
 */
char *
jp_today_words_dup_subtitle (JpTodayTask task, const JpTodayList *list, gint64 now_us)
{
  g_return_val_if_fail (list != NULL, NULL);

  guint            n_names = list->names != NULL ? g_strv_length (list->names) : 0;
  g_autofree char *names = NULL;
  g_autofree char *age = NULL;

  /* A statement is named by its period; how old that is says nothing. */
  if (list->oldest_us != 0 && task != JP_TODAY_STATEMENTS)
    age = task == JP_TODAY_COMPLAINTS ? dup_due (list->oldest_us, now_us)
                                      : jp_today_words_dup_age (list->oldest_us, now_us);
  if (n_names > 0)
    names = g_strjoinv (C_ ("between names", ", "), list->names);
  if (names == NULL || age == NULL)
    return g_strdup (names != NULL ? names : age != NULL ? age : "");

  if (list->count > n_names)
    /* Translators: some names, then how long the oldest waits. */
    return g_strdup_printf (_ ("%1$s and others · %2$s"), names, age);
  /* Translators: names, then how long the oldest waits. */
  return g_strdup_printf (C_ ("names and age", "%1$s · %2$s"), names, age);
}

/**
 * jp_today_words_dup_clear:
 * @today: what the page shows
 *
 * Returns: (transfer full) (nullable): where nothing waits, in a kind sentence; %NULL if something
 * waits everywhere
 */
char *
jp_today_words_dup_clear (const JpToday *today)
{
  g_return_val_if_fail (today != NULL, NULL);

  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint n_clear = 0;

  for (int i = 0; i < JP_TODAY_N_TASKS; i++)
    if (today->lists[i].count == 0)
      {
        g_strv_builder_add (builder, g_dpgettext2 (GETTEXT_PACKAGE, "today", tasks[i].clear));
        n_clear++;
      }

  g_auto (GStrv) names = g_strv_builder_end (builder);
  g_autofree char *joined = g_strjoinv (C_ ("between names", ", "), names);

  if (n_clear == 0)
    return NULL;
  if (n_clear == JP_TODAY_N_TASKS && today->waiting_ops == 0)
    return g_strdup (_ ("Nothing waits for you. Have a good day."));
  return g_strdup_printf (_ ("Nothing waits among: %s."), joined);
}

/**
 * jp_today_words_dup_expiry:
 * @expiry: something that expires
 * @date: today
 *
 * Returns: (transfer full): when, and how long until then
 */
char *
jp_today_words_dup_expiry (const JpTodayExpiry *expiry, JpDate date)
{
  g_return_val_if_fail (expiry != NULL, NULL);

  g_autofree char *day = jp_date_to_iso (expiry->date);
  g_autofree char *left = jp_expiry_dup_sentence (expiry->date, date);

  /* Translators: a date, then how long it is until then. */
  return g_strdup_printf (C_ ("date and time left", "%1$s, %2$s"), day, left);
}

/**
 * jp_today_words_dup_expiry_pill:
 * @expiry: something that expires
 * @date: today
 *
 * Returns: (transfer full): its state in a word
 */
char *
jp_today_words_dup_expiry_pill (const JpTodayExpiry *expiry, JpDate date)
{
  g_return_val_if_fail (expiry != NULL, NULL);

  int days = jp_date_days_between (date, expiry->date);

  if (days < 0)
    return g_strdup (C_ ("expiry", "Expired"));
  return jp_plural_format (NP_ ("%d day", "%d days"), days);
}

/**
 * jp_today_words_dup_day:
 * @date: a date
 *
 * Returns: (transfer full): the date with its day of the week
 */
char *
jp_today_words_dup_day (JpDate date)
{
  int         days = jp_date_days_between (KNOWN_MONDAY, date) % DAYS_PER_WEEK;
  const char *weekday = weekdays[(days + DAYS_PER_WEEK) % DAYS_PER_WEEK];

  /* Translators: day of the week, month, day of the month. */
  return g_strdup_printf (C_ ("date", "%1$s, %2$02d-%3$02d"),
                          g_dpgettext2 (GETTEXT_PACKAGE, "weekday", weekday),
                          jp_date_get_month (date), jp_date_get_day (date));
}

/**
 * jp_today_words_dup_month:
 * @date: a day of the month
 *
 * Returns: (transfer full): the month, short, for below a bar
 */
char *
jp_today_words_dup_month (JpDate date)
{
  g_return_val_if_fail (jp_date_is_valid (date), NULL);

  return g_strdup (g_dpgettext2 (GETTEXT_PACKAGE, "month", months[jp_date_get_month (date) - 1]));
}

/**
 * jp_today_words_dup_money:
 * @today: what the page shows
 *
 * Returns: (transfer full): what came in this month against the month before, in a sentence
 */
char *
jp_today_words_dup_money (const JpToday *today)
{
  g_return_val_if_fail (today != NULL, NULL);

  gint64           before_fen = today->months[JP_TODAY_MONTHS - 2].released_fen;
  gint64           refunded_fen = today->months[JP_TODAY_MONTHS - 1].refunded_fen;
  g_autofree char *before = jp_money_format (before_fen);
  g_autofree char *refunded = jp_money_format (MAX (refunded_fen, -refunded_fen));

  if (before_fen == 0 && refunded_fen == 0)
    return g_strdup (_ ("Released money appears here when the first statement has arrived."));
  if (refunded_fen == 0)
    return g_strdup_printf (_ ("Last month %s was released to the school. No refunds this month."),
                            before);
  return g_strdup_printf (_ ("Last month %1$s was released to the school. %2$s went back to "
                             "trainees this month."),
                          before, refunded);
}

/**
 * jp_today_words_dup_sessions:
 * @today: what the page shows
 *
 * Returns: (transfer full): sessions and hours of yesterday
 */
char *
jp_today_words_dup_sessions (const JpToday *today)
{
  g_return_val_if_fail (today != NULL, NULL);

  g_autofree char *hours = jp_minutes_format_hours (today->yesterday_minutes);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%1$d session · %2$s hours",
                                       "%1$d sessions · %2$s hours",
                                       (gulong)today->yesterday_sessions),
                          (int)today->yesterday_sessions, hours);
}

/**
 * jp_today_words_dup_valid_hours:
 * @today: what the page shows
 *
 * Returns: (transfer full): hours of yesterday that count, with their share
 */
char *
jp_today_words_dup_valid_hours (const JpToday *today)
{
  g_return_val_if_fail (today != NULL, NULL);

  g_autofree char *hours = jp_minutes_format_hours (today->yesterday_valid_minutes);
  gint64           permille = today->yesterday_minutes > 0
                                ? today->yesterday_valid_minutes * 1000 / today->yesterday_minutes
                                : 0;

  if (today->yesterday_valid_minutes == 0)
    return g_strdup (_ ("not reviewed yet"));
  /* Translators: hours, then their share of all hours: 96.5 %. */
  return g_strdup_printf (_ ("%1$s hours (%2$d.%3$d %%)"), hours, (int)(permille / 10),
                          (int)(permille % 10));
}
