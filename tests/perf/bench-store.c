/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

/* Saving, looking again and searching with a roster of 100,000 people. */

#include "jp-commit.h"
#include "jp-perf-school.h"
#include "jp-perf-vfs.h"
#include "jp-query-model.h"

#define N_SAVES    400
#define N_SEARCHES 30
#define N_REFRESH  20

static double
ms_since (gint64 start_us)
{
  return (double)(g_get_monotonic_time () - start_us) / 1000.0;
}

static JpRecord *
with_note (JpRecord *record, guint i)
{
  g_autofree char *note = g_strdup_printf ("第%u次", i);
  JpDraft         *draft = jp_draft_new_from (record);

  jp_draft_set_text (draft, JP_TRAINEE_NOTE, note);
  return jp_draft_end (draft);
}

static JpRecord *
nth_trainee (JpVault *vault, guint i)
{
  g_autofree char *name = g_strdup_printf ("%u", i);
  JpId             id = jp_id_derive ("trainee", name);

  return jp_record_table_get (vault->db, vault->key, JP_KIND_TRAINEE, &id, NULL);
}

/* What each save took. */
typedef struct
{
  GArray *ms;    /* (element-type double) */
  GArray *syncs; /* (element-type double) */
  guint   n_syncs;
} Saves;

/* Runs on the writer, so that nothing but the save is measured. */
static gpointer
save_call (JpVault *vault, gpointer data, GError **error)
{
  Saves *saves = data;

  for (guint i = 0; i < N_SAVES; i++)
    {
      g_autoptr (JpRecord) before = nth_trainee (vault, (i * 7919) % JP_PERF_N_TRAINEES);
      g_autoptr (JpRecord) after = with_note (before, i);
      JpId op_id = jp_id_source_next (vault->ids);
      g_autoptr (JpChange) change = jp_change_new (&op_id, "edit", "前台");
      guint  n_before = jp_perf_vfs_get_n_syncs ();
      gint64 start_us = g_get_monotonic_time ();
      double ms = 0;
      double n_syncs = 0;

      jp_change_add (change, before, after);
      if (!jp_commit_change (vault, change, NULL, error))
        return NULL;
      ms = ms_since (start_us);
      n_syncs = jp_perf_vfs_get_n_syncs () - n_before;
      g_array_append_val (saves->ms, ms);
      g_array_append_val (saves->syncs, n_syncs);
      saves->n_syncs += (guint)n_syncs;
    }

  return NULL;
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **answer = user_data;

  *answer = g_object_ref (result);
}

/* The mean has the syncs of the checkpoints too, which come once in some hundred saves. */
static void
bench_saves (JpStore *store)
{
  Saves saves = { g_array_new (FALSE, FALSE, sizeof (double)),
                  g_array_new (FALSE, FALSE, sizeof (double)), 0 };
  g_autoptr (GAsyncResult) answer = NULL;
  g_autoptr (GError) error = NULL;
  JpStoreCall call = { save_call, &saves, NULL, NULL, 0 };

  jp_store_write_async (store, &call, G_PRIORITY_DEFAULT, NULL, answered_cb, &answer);
  while (answer == NULL)
    g_main_context_iteration (NULL, TRUE);
  if (!jp_store_write_finish (store, answer, NULL, &error))
    g_error ("%s", error->message);

  jp_perf_print ("save_fsyncs", jp_perf_quantile (saves.syncs, 0.5), "fsyncs");
  jp_perf_print ("save_fsyncs_mean", (double)saves.n_syncs / N_SAVES, "fsyncs");
  jp_perf_print ("save_ms_p50", jp_perf_quantile (saves.ms, 0.5), "ms");
  jp_perf_print ("save_ms_p99", jp_perf_quantile (saves.ms, 0.99), "ms");
  g_array_unref (saves.ms);
  g_array_unref (saves.syncs);
}

/* A new order comes before the old one goes, in portions: the end of it is what counts. */
static void
wait_until_changed (JpQueryModel *model, const guint *n_signals)
{
  while (*n_signals == 0 || g_list_model_get_n_items (G_LIST_MODEL (model)) != JP_PERF_N_TRAINEES)
    g_main_context_iteration (NULL, TRUE);
}

static void
changed_cb (GListModel *model, guint position, guint removed, guint added, guint *n_signals)
{
  if (added > 0)
    ++*n_signals;
}

/* From the question to a list that shows the answer, in another order each time. */
static void
bench_lists (JpStore *store)
{
  static const JpFieldId orders[] = { JP_TRAINEE_APPLIED_ON, JP_TRAINEE_NAME, JP_TRAINEE_STATUS };
  g_autoptr (JpQueryModel) model = jp_query_model_new (store);
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));
  guint n_signals = 0;

  g_signal_connect (model, "items-changed", G_CALLBACK (changed_cb), &n_signals);
  for (guint i = 0; i < N_REFRESH; i++)
    {
      g_autoptr (JpQuery) query = jp_query_new (JP_KIND_TRAINEE);
      gint64 start_us = g_get_monotonic_time ();
      double ms = 0;

      jp_query_set_order (query, orders[i % G_N_ELEMENTS (orders)], i % 2 == 0);
      n_signals = 0;
      jp_query_model_set_query (model, query);
      wait_until_changed (model, &n_signals);
      ms = ms_since (start_us);
      g_array_append_val (values, ms);
    }

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, JP_PERF_N_TRAINEES);
  jp_perf_print ("list_refresh_ms", jp_perf_quantile (values, 0.5), "ms");
  jp_perf_print ("list_refresh_max_ms", jp_perf_quantile (values, 1.0), "ms");
}

static gpointer
search_call (JpVault *vault, gpointer data, GError **error)
{
  return jp_query_run (vault, data, error);
}

static void
bench_search (JpStore *store)
{
  static const char *const searches[] = { "王",         "1380",   "c1",    "小 1",
                                          "没有这个人", "zengyt", "wangxm" };
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < N_SEARCHES; i++)
    {
      g_autoptr (JpQuery) query = jp_query_new (JP_KIND_TRAINEE);
      JpStoreCall call = { search_call, query, NULL, (GDestroyNotify)g_array_unref, 0 };
      g_autoptr (GArray) rids = NULL;
      gint64 start_us = g_get_monotonic_time ();
      double ms = 0;

      jp_query_set_search (query, searches[i % G_N_ELEMENTS (searches)]);
      jp_query_set_order (query, JP_TRAINEE_NAME, FALSE);
      rids = jp_perf_school_read (store, &call);
      ms = ms_since (start_us);
      g_array_append_val (values, ms);
    }
  jp_perf_print ("search_ms", jp_perf_quantile (values, 0.5), "ms");
  jp_perf_print ("search_max_ms", jp_perf_quantile (values, 1.0), "ms");
}

int
main (void)
{
  g_autoptr (JpPerfSchool) school = jp_perf_school_new ();
  g_autoptr (JpPerfSchool) copy = jp_perf_school_copy (school);
  JpStore *store = NULL;

  jp_perf_vfs_install ();
  store = jp_perf_school_open_store (copy);
  bench_lists (store);
  bench_search (store);
  bench_saves (store);
  jp_perf_school_close_store (store);
  return 0;
}
