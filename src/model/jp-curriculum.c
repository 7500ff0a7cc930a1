/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-curriculum.h"

#include "jp-data.h"
#include "jp-licence.h"
#include "jp-model-error.h"

#define FORMAT     "jiapei-curriculum"
#define FOLDER     "curricula"
#define MAX_ROWS   32
#define MAX_LIMITS 16
#define MAX_KM     10000
#define HOUR_MAX   240
#define DAY_MAX    1440
#define ALL_PARTS  0x1eu /* bits 1 … 4 */
#define MAX_PAIRS  8

typedef struct
{
  JpCurriculumLimit  kind;
  guint              parts; /* bit n: part n */
  JpCurriculumNumber number;
} Limit;

typedef struct
{
  char              *licence_type;                       /* (owned) */
  char              *note;                               /* (owned) (nullable) */
  JpCurriculumNumber minutes[JP_CURRICULUM_N_PARTS + 1]; /* [0] is the total */
  GArray            *limits;                             /* (owned) (element-type Limit) */
} Row;

struct _JpCurriculum
{
  JpDataHeader      *header;                       /* (owned) */
  char              *digest;                       /* (owned) */
  GPtrArray         *rows;                         /* (owned) (element-type Row) */
  GPtrArray         *types;                        /* (owned): texts of @rows, then NULL */
  JpCurriculumNumber rules[JP_CURRICULUM_N_RULES]; /* by JpCurriculumRule */
  guint              interleaved[MAX_PAIRS];       /* masks of parts; 0 = none */
};

/* In the order of the enums. */
static const char *const rule_names[] = { "hour", "hour_effective_min", "daily_classroom_max",
                                          "daily_practice_max", NULL };
static const char *const limit_names[] = { "classroom_min", "remote_max", "simulator_max",
                                           "mileage_min",   "sum",        NULL };

static void
row_free (Row *row)
{
  g_free (row->licence_type);
  g_free (row->note);
  g_clear_pointer (&row->limits, g_array_unref);
  g_free (row);
}

static void
curriculum_clear (JpCurriculum *self)
{
  g_clear_pointer (&self->header, jp_data_header_free);
  g_clear_pointer (&self->digest, g_free);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->types, g_ptr_array_unref);
}

/* A number is there exactly when somebody vouches for it. */
static JpCurriculumNumber
read_number (JpDataReader *reader, const JpDataHeader *header, const char *member, gint64 max)
{
  JpCurriculumNumber number = { JP_CURRICULUM_UNKNOWN };
  gboolean           is_known = jp_data_reader_integer_if (reader, member, 0, max, &number.value);

  number.state = jp_data_header_read_state (header, reader);
  number.confidence = jp_data_header_read_confidence (header, reader);

  if (is_known && number.state == JP_DATA_STATE_TO_CONFIRM)
    jp_data_reader_fail (reader, member, JP_MODEL_ERROR_INVALID,
                         "a number that is to be confirmed must be null");
  if (!is_known && number.state != JP_DATA_STATE_TO_CONFIRM)
    jp_data_reader_fail (reader, member, JP_MODEL_ERROR_MISSING,
                         "a number that is not there must have the state \"to_confirm\"");
  if (is_known && number.confidence == JP_DATA_CONFIDENCE_NONE)
    jp_data_reader_fail (reader, "confidence", JP_MODEL_ERROR_INVALID,
                         "a number that is there needs a confidence");
  if (!is_known)
    number.confidence = JP_DATA_CONFIDENCE_NONE;

  return number;
}

static guint
read_parts (JpDataReader *reader)
{
  gint64 parts[JP_CURRICULUM_N_PARTS] = { 0 };
  guint  mask = 0;
  guint  n_parts = jp_data_reader_integers_if (reader, "parts", 1, JP_CURRICULUM_N_PARTS, parts,
                                               G_N_ELEMENTS (parts));

  for (guint i = 0; i < n_parts; i++)
    mask |= 1u << parts[i];

  if (mask == 0)
    jp_data_reader_fail (reader, "parts", JP_MODEL_ERROR_MISSING, "names no part");

  return mask;
}

static void
read_rules (JpCurriculum *self, JpDataReader *reader)
{
  gboolean seen[JP_CURRICULUM_N_RULES] = { FALSE };
  guint    n_rules =
    jp_data_reader_enter_list (reader, "rules", JP_CURRICULUM_N_RULES, JP_CURRICULUM_N_RULES);

  for (guint i = 0; i < n_rules && jp_data_reader_enter_element (reader, i); i++)
    {
      int rule = jp_data_reader_choice (reader, "kind", rule_names);

      if (seen[rule])
        jp_data_reader_fail (reader, "kind", JP_MODEL_ERROR_INVALID, "occurs twice");

      seen[rule] = TRUE;
      self->rules[rule] = read_number (reader, self->header, "minutes", DAY_MAX);
      jp_data_reader_leave (reader);
    }

  if (n_rules > 0)
    jp_data_reader_leave (reader);

  gint64 hour = self->rules[JP_CURRICULUM_RULE_HOUR].value;
  gint64 effective = self->rules[JP_CURRICULUM_RULE_HOUR_EFFECTIVE_MIN].value;

  if (jp_data_reader_is_ok (reader) &&
      (hour < 1 || hour > HOUR_MAX || effective < 1 || effective > hour))
    jp_data_reader_fail (reader, "rules", JP_MODEL_ERROR_INVALID,
                         "an hour has 1 to %d minutes, and as many or fewer are taught", HOUR_MAX);
}

static void
read_interleaved (JpCurriculum *self, JpDataReader *reader)
{
  guint n_pairs = jp_data_reader_enter_list (reader, "interleave", 0, MAX_PAIRS);

  for (guint i = 0; i < n_pairs && jp_data_reader_enter_element (reader, i); i++)
    {
      self->interleaved[i] = read_parts (reader);
      jp_data_header_read_confidence (self->header, reader);
      jp_data_reader_leave (reader);
    }

  if (n_pairs > 0)
    jp_data_reader_leave (reader);
}

static void
read_row_parts (JpCurriculum *self, JpDataReader *reader, Row *row)
{
  guint seen = 0;
  guint n_parts =
    jp_data_reader_enter_list (reader, "parts", JP_CURRICULUM_N_PARTS, JP_CURRICULUM_N_PARTS);

  for (guint i = 0; i < n_parts && jp_data_reader_enter_element (reader, i); i++)
    {
      gint64 part = jp_data_reader_integer (reader, "part", 1, JP_CURRICULUM_N_PARTS);

      if ((seen & (1u << part)) != 0)
        jp_data_reader_fail (reader, "part", JP_MODEL_ERROR_INVALID, "occurs twice");

      seen |= 1u << part;
      row->minutes[part] = read_number (reader, self->header, "minutes", JP_CURRICULUM_MAX_MINUTES);
      jp_data_reader_leave (reader);
    }

  if (n_parts > 0)
    jp_data_reader_leave (reader);
}

static void
read_row_limits (JpCurriculum *self, JpDataReader *reader, Row *row)
{
  guint n_limits = jp_data_reader_enter_list (reader, "limits", 0, MAX_LIMITS);

  for (guint i = 0; i < n_limits && jp_data_reader_enter_element (reader, i); i++)
    {
      Limit limit = { 0 };

      limit.kind = (JpCurriculumLimit)jp_data_reader_choice (reader, "kind", limit_names);
      limit.parts = read_parts (reader);
      limit.number = limit.kind == JP_CURRICULUM_LIMIT_MILEAGE_MIN
                       ? read_number (reader, self->header, "km", MAX_KM)
                       : read_number (reader, self->header, "minutes", JP_CURRICULUM_MAX_MINUTES);
      g_array_append_val (row->limits, limit);
      jp_data_reader_leave (reader);
    }

  if (n_limits > 0)
    jp_data_reader_leave (reader);
}

static gint64
sum_minutes (const Row *row, guint parts)
{
  gint64 sum = 0;

  for (int part = 1; part <= JP_CURRICULUM_N_PARTS; part++)
    {
      if ((parts & (1u << part)) == 0)
        continue;
      if (row->minutes[part].value == JP_CURRICULUM_UNKNOWN)
        return JP_CURRICULUM_UNKNOWN;

      sum += row->minutes[part].value;
    }

  return sum;
}

static void
check_sums (JpDataReader *reader, const Row *row)
{
  gint64 all = sum_minutes (row, ALL_PARTS);
  gint64 total = row->minutes[JP_CURRICULUM_TOTAL].value;

  if (all != JP_CURRICULUM_UNKNOWN && total != JP_CURRICULUM_UNKNOWN && all != total)
    jp_data_reader_fail (reader, "total", JP_MODEL_ERROR_INVALID,
                         "the parts add up to %" G_GINT64_FORMAT " minutes, not %" G_GINT64_FORMAT,
                         all, total);

  for (guint i = 0; i < row->limits->len; i++)
    {
      const Limit *limit = &g_array_index (row->limits, Limit, i);
      gint64       sum = sum_minutes (row, limit->parts);

      if (limit->kind == JP_CURRICULUM_LIMIT_SUM && sum != JP_CURRICULUM_UNKNOWN &&
          limit->number.value != JP_CURRICULUM_UNKNOWN && sum != limit->number.value)
        jp_data_reader_fail (reader, "limits", JP_MODEL_ERROR_INVALID,
                             "parts add up to %" G_GINT64_FORMAT " minutes, not %" G_GINT64_FORMAT,
                             sum, limit->number.value);
    }
}

static const Row *
find_row (JpCurriculum *self, const char *licence_type)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row *row = g_ptr_array_index (self->rows, i);

      if (g_str_equal (row->licence_type, licence_type))
        return row;
    }

  return NULL;
}

static void
read_row (JpCurriculum *self, JpDataReader *reader)
{
  Row        *row = g_new0 (Row, 1);
  const char *type = jp_data_reader_text (reader, "licence_type");

  if (jp_data_reader_is_ok (reader) && jp_licence_lookup (type) == NULL)
    jp_data_reader_fail (reader, "licence_type", JP_MODEL_ERROR_INVALID,
                         "there is no licence type \"%s\"", type);
  if (find_row (self, type) != NULL)
    jp_data_reader_fail (reader, "licence_type", JP_MODEL_ERROR_INVALID, "\"%s\" occurs twice",
                         type);

  row->licence_type = g_strdup (type);
  row->note = g_strdup (jp_data_reader_text_if (reader, "note"));
  row->limits = g_array_new (FALSE, FALSE, sizeof (Limit));
  g_ptr_array_add (self->rows, row);

  if (jp_data_reader_enter (reader, "total"))
    {
      row->minutes[JP_CURRICULUM_TOTAL] =
        read_number (reader, self->header, "minutes", JP_CURRICULUM_MAX_MINUTES);
      jp_data_reader_leave (reader);
    }

  read_row_parts (self, reader, row);
  read_row_limits (self, reader, row);

  if (jp_data_reader_is_ok (reader))
    check_sums (reader, row);
}

static void
read_rows (JpCurriculum *self, JpDataReader *reader)
{
  guint n_rows = jp_data_reader_enter_list (reader, "rows", 1, MAX_ROWS);

  for (guint i = 0; i < n_rows && jp_data_reader_enter_element (reader, i); i++)
    {
      read_row (self, reader);
      jp_data_reader_leave (reader);
    }

  if (n_rows > 0)
    jp_data_reader_leave (reader);

  for (guint i = 0; i < self->rows->len; i++)
    g_ptr_array_add (self->types, ((Row *)g_ptr_array_index (self->rows, i))->licence_type);
  g_ptr_array_add (self->types, NULL);
}

/**
 * jp_curriculum_new_from_bytes: (constructor)
 * @file_name: for messages
 * @bytes: a curriculum file
 * @error: return location for a [error@Jp.ModelError]
 *
 * Reads and checks a curriculum: no unknown members, every number with what it rests on, parts that
 * add up to their total. Any thread.
 *
 * Returns: (transfer full): the curriculum, or %NULL with an error that names file, line, member
 *   and reason
 */
JpCurriculum *
jp_curriculum_new_from_bytes (const char *file_name, GBytes *bytes, GError **error)
{
  g_return_val_if_fail (file_name != NULL, NULL);
  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_autoptr (JpDataReader) reader = jp_data_reader_new (file_name, bytes, error);

  if (reader == NULL)
    return NULL;

  g_autoptr (JpCurriculum) self = g_atomic_rc_box_new0 (JpCurriculum);

  self->header = jp_data_header_read (reader, FORMAT);
  self->digest = jp_data_reader_dup_digest (reader);
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)row_free);
  self->types = g_ptr_array_new ();
  read_rules (self, reader);
  read_interleaved (self, reader);
  read_rows (self, reader);

  if (!jp_data_reader_finish (reader, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * jp_curriculum_new_from_data: (constructor)
 * @id: a file of the program without its `.json`, like `mot-2022`
 * @error: return location for a [error@Jp.ModelError]
 *
 * Returns: (transfer full): the curriculum, or %NULL with %JP_MODEL_ERROR_MISSING
 */
JpCurriculum *
jp_curriculum_new_from_data (const char *id, GError **error)
{
  g_return_val_if_fail (id != NULL, NULL);

  g_autofree char *path = g_strconcat (FOLDER, "/", id, ".json", NULL);
  g_autoptr (GBytes) bytes = jp_data_lookup (path, error);

  return bytes != NULL ? jp_curriculum_new_from_bytes (path, bytes, error) : NULL;
}

/**
 * jp_curriculum_new_for_date: (constructor)
 * @on: a day
 * @error: return location for a [error@Jp.ModelError]
 *
 * Finds the curriculum in force on a day among the files of the program; never an assumption.
 *
 * Returns: (transfer full): the one that began last, or %NULL with %JP_MODEL_ERROR_MISSING if there
 *   was none yet
 */
JpCurriculum *
jp_curriculum_new_for_date (JpDate on, GError **error)
{
  g_return_val_if_fail (jp_date_is_valid (on), NULL);

  g_auto (GStrv) names = jp_data_list (FOLDER);
  g_autoptr (JpCurriculum) best = NULL;

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *id = g_strndup (names[i], strlen (names[i]) - strlen (".json"));
      g_autoptr (JpCurriculum) curriculum = jp_curriculum_new_from_data (id, error);

      if (curriculum == NULL)
        return NULL;

      const JpDataHeader *header = curriculum->header;

      if (!header->is_assumption && jp_data_header_is_valid_on (header, on) &&
          (best == NULL || header->valid_from > best->header->valid_from))
        {
          g_clear_pointer (&best, jp_curriculum_unref);
          best = g_steal_pointer (&curriculum);
        }
    }

  if (best == NULL)
    g_set_error (error, JP_MODEL_ERROR, JP_MODEL_ERROR_MISSING, "there is no curriculum for %d",
                 (int)on);

  return g_steal_pointer (&best);
}

/**
 * jp_curriculum_ref:
 * @self: a curriculum
 *
 * Returns: (transfer full): another reference
 */
JpCurriculum *
jp_curriculum_ref (JpCurriculum *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

/**
 * jp_curriculum_unref:
 * @self: (nullable) (transfer full): a curriculum
 *
 * Drops a reference.
 */
void
jp_curriculum_unref (JpCurriculum *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, (GDestroyNotify)curriculum_clear);
}

/**
 * jp_curriculum_get_header:
 * @self: a curriculum
 *
 * Returns: (transfer none): issuer, version, validity and sources
 */
const JpDataHeader *
jp_curriculum_get_header (JpCurriculum *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->header;
}

/**
 * jp_curriculum_get_digest:
 * @self: a curriculum
 *
 * Returns: SHA-256 of the file without white space, in hexadecimal: what a contract freezes
 */
const char *
jp_curriculum_get_digest (JpCurriculum *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->digest;
}

/**
 * jp_curriculum_get_licence_types:
 * @self: a curriculum
 *
 * Returns: (array zero-terminated=1) (transfer none): codes of the types that have a row
 */
const char *const *
jp_curriculum_get_licence_types (JpCurriculum *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const char *const *)self->types->pdata;
}

/**
 * jp_curriculum_get_note:
 * @self: a curriculum
 * @licence_type: a code
 *
 * Returns: (nullable): what people must know about the row of that type, in Chinese
 */
const char *
jp_curriculum_get_note (JpCurriculum *self, const char *licence_type)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (licence_type != NULL, NULL);

  const Row *row = find_row (self, licence_type);

  return row != NULL ? row->note : NULL;
}

/**
 * jp_curriculum_get_minutes:
 * @self: a curriculum
 * @licence_type: a code
 * @part: 1 … 4, or %JP_CURRICULUM_TOTAL
 * @out_number: (out): the minutes; untouched if %FALSE is returned. Its value is
 *   %JP_CURRICULUM_UNKNOWN where the authority must be asked
 *
 * Returns: %TRUE if the curriculum has a row for the type
 */
gboolean
jp_curriculum_get_minutes (JpCurriculum       *self,
                           const char         *licence_type,
                           int                 part,
                           JpCurriculumNumber *out_number)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (licence_type != NULL, FALSE);
  g_return_val_if_fail (part >= JP_CURRICULUM_TOTAL && part <= JP_CURRICULUM_N_PARTS, FALSE);
  g_return_val_if_fail (out_number != NULL, FALSE);

  const Row *row = find_row (self, licence_type);

  if (row == NULL)
    return FALSE;

  *out_number = row->minutes[part];

  return TRUE;
}

/**
 * jp_curriculum_get_limit:
 * @self: a curriculum
 * @licence_type: a code
 * @limit: which limit
 * @part: a part it is about
 * @out_number: (out): minutes, or km; untouched if %FALSE is returned
 *
 * Returns: %TRUE if there is such a limit; it may be about other parts too
 */
gboolean
jp_curriculum_get_limit (JpCurriculum       *self,
                         const char         *licence_type,
                         JpCurriculumLimit   limit,
                         int                 part,
                         JpCurriculumNumber *out_number)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (licence_type != NULL, FALSE);
  g_return_val_if_fail (part >= 1 && part <= JP_CURRICULUM_N_PARTS, FALSE);
  g_return_val_if_fail (out_number != NULL, FALSE);

  const Row *row = find_row (self, licence_type);

  for (guint i = 0; row != NULL && i < row->limits->len; i++)
    {
      const Limit *candidate = &g_array_index (row->limits, Limit, i);

      if (candidate->kind == limit && (candidate->parts & (1u << part)) != 0)
        {
          *out_number = candidate->number;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * jp_curriculum_get_rule:
 * @self: a curriculum
 * @rule: which rule
 *
 * Returns: its minutes
 */
JpCurriculumNumber
jp_curriculum_get_rule (JpCurriculum *self, JpCurriculumRule rule)
{
  g_return_val_if_fail (self != NULL, (JpCurriculumNumber){ JP_CURRICULUM_UNKNOWN });
  g_return_val_if_fail ((guint)rule < JP_CURRICULUM_N_RULES,
                        (JpCurriculumNumber){ JP_CURRICULUM_UNKNOWN });

  return self->rules[rule];
}

/**
 * jp_curriculum_is_complete:
 * @self: a curriculum
 * @licence_type: a code
 *
 * Returns: %TRUE if the minutes of all four parts are known, so that progress can be measured
 */
gboolean
jp_curriculum_is_complete (JpCurriculum *self, const char *licence_type)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (licence_type != NULL, FALSE);

  const Row *row = find_row (self, licence_type);

  return row != NULL && sum_minutes (row, ALL_PARTS) != JP_CURRICULUM_UNKNOWN;
}

/**
 * jp_curriculum_may_interleave:
 * @self: a curriculum
 * @part_a: a part
 * @part_b: another part
 *
 * Returns: %TRUE if the two may be taught in turns, before either is complete
 */
gboolean
jp_curriculum_may_interleave (JpCurriculum *self, int part_a, int part_b)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (part_a >= 1 && part_a <= JP_CURRICULUM_N_PARTS, FALSE);
  g_return_val_if_fail (part_b >= 1 && part_b <= JP_CURRICULUM_N_PARTS, FALSE);

  guint both = 1u << part_a | 1u << part_b;

  for (guint i = 0; i < MAX_PAIRS; i++)
    {
      if ((self->interleaved[i] & both) == both)
        return TRUE;
    }

  return part_a == part_b;
}

/**
 * jp_curriculum_recognise_minutes:
 * @self: a curriculum
 * @minutes: length of a training session, 0 … %JP_CURRICULUM_MAX_MINUTES
 * @effective_minutes: how many of them are valid, 0 … @minutes
 *
 * A session in which three quarters are taught counts in full (45 of 60), a worse one at the same
 * rate: 4/3 of its valid minutes, rounded down.
 *
 * Returns: minutes that count against the curriculum, 0 … @minutes
 */
gint64
jp_curriculum_recognise_minutes (JpCurriculum *self, gint64 minutes, gint64 effective_minutes)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (minutes >= 0 && minutes <= JP_CURRICULUM_MAX_MINUTES, 0);
  g_return_val_if_fail (effective_minutes >= 0 && effective_minutes <= minutes, 0);

  gint64 hour = self->rules[JP_CURRICULUM_RULE_HOUR].value;
  gint64 taught = self->rules[JP_CURRICULUM_RULE_HOUR_EFFECTIVE_MIN].value;

  return MIN (minutes, effective_minutes * hour / taught);
}
