/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-date.h"

G_BEGIN_DECLS

/* What stands at the top of every data file: who issued the rules, since when they hold, where we
 * have them from and how sure we are. */

typedef struct _JpDataReader JpDataReader;

/**
 * JpDataConfidence:
 * @JP_DATA_CONFIDENCE_NONE: nothing is known
 * @JP_DATA_CONFIDENCE_LOW: a weak source, or memory
 * @JP_DATA_CONFIDENCE_MEDIUM: one decent source
 * @JP_DATA_CONFIDENCE_HIGH: two or more independent sources agree, or an official one
 *
 * How sure we are of a number.
 */
typedef enum {
  JP_DATA_CONFIDENCE_NONE,
  JP_DATA_CONFIDENCE_LOW,
  JP_DATA_CONFIDENCE_MEDIUM,
  JP_DATA_CONFIDENCE_HIGH,
} JpDataConfidence;

/**
 * JpDataState:
 * @JP_DATA_STATE_SOURCED: a source says so
 * @JP_DATA_STATE_TO_CONFIRM: not known; the authority must be asked, and there is no value
 * @JP_DATA_STATE_ASSUMED: a value somebody chose, for demonstrations only
 *
 * What a value rests on.
 */
typedef enum {
  JP_DATA_STATE_SOURCED,
  JP_DATA_STATE_TO_CONFIRM,
  JP_DATA_STATE_ASSUMED,
} JpDataState;

/**
 * JpDataSource:
 * @id: name inside the file
 * @title: what it is, in Chinese
 * @kind: `gov`, `press`, `page`, `code`, `memory` or `assumption`
 * @url: (nullable): where it is
 * @confidence: how good it is
 *
 * One source of a data file.
 */
typedef struct
{
  char            *id;
  char            *title;
  char            *kind;
  char            *url;
  JpDataConfidence confidence;
} JpDataSource;

/**
 * JpDataHeader:
 * @id: short name, unique among files of one format
 * @title: for people, in Chinese
 * @issuer: whose rules these are
 * @document: (nullable): name or number of the issuer's document
 * @note: (nullable): what the reader must know
 * @version: our version of the file, ≥ 1
 * @valid_from: first day
 * @valid_to: last day, or %JP_DATE_NONE
 * @confidence: of everything that does not say otherwise
 * @is_assumption: nobody published this: for demonstrations only
 * @is_published: the issuer has published the numbers
 * @sources: (element-type JpDataSource): where we have it from
 *
 * The head of a data file. Plain data, immutable after reading.
 */
typedef struct
{
  char            *id;
  char            *title;
  char            *issuer;
  char            *document;
  char            *note;
  gint64           version;
  JpDate           valid_from;
  JpDate           valid_to;
  JpDataConfidence confidence;
  gboolean         is_assumption;
  gboolean         is_published;
  GPtrArray       *sources;
} JpDataHeader;

/**
 * JpDataReadRow:
 * @header: the head of the file
 * @reader: a reader in an element of a list
 * @rows: where to append what it says
 *
 * Reads one row of a data file. The first mistake stays with the reader.
 */
typedef void (*JpDataReadRow) (const JpDataHeader *header, JpDataReader *reader, GArray *rows);

JpDataHeader       *jp_data_header_read (JpDataReader *reader, const char *format);
void                jp_data_header_free (JpDataHeader *self);
gboolean            jp_data_header_is_valid_on (const JpDataHeader *self, JpDate date);
const JpDataSource *jp_data_header_get_source (const JpDataHeader *self, const char *id);

JpDataConfidence jp_data_header_read_confidence (const JpDataHeader *self, JpDataReader *reader);
JpDataState      jp_data_header_read_state (const JpDataHeader *self, JpDataReader *reader);
void             jp_data_header_read_rows (const JpDataHeader *self,
                                           JpDataReader       *reader,
                                           const char         *member,
                                           JpDataReadRow       read_row,
                                           GArray             *rows);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpDataHeader, jp_data_header_free)

G_END_DECLS
