/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-json-writer.h"
#include "jp-json.h"
#include "jp-record.h"
#include "jp-wire-error.h"

G_BEGIN_DECLS

/* A record and JSON. The members of "f" are the field names of the description: texts and codes are
 * strings, dates "2026-11-24", instants µs since 1970 as numbers, references UUID texts, null means
 * no value. Members that this program does not know are kept in the record's extra. */

void      jp_wire_record_write (JpJsonWriter *writer, JpRecord *record);
JpRecord *jp_wire_record_read (JsonObject *object, GError **error);
JpRecord *jp_wire_record_adopt_extra (JpRecord *record);
char     *jp_wire_record_to_text (JpRecord *record);
JpRecord *jp_wire_record_from_text (const char *text, JpKind kind, GError **error);
void      jp_wire_record_write_fields (JsonBuilder *builder, JpRecord *record, guint32 units);
gboolean
jp_wire_record_read_fields (JsonObject *fields, JpDraft *draft, guint32 *out_units, GError **error);
void jp_wire_record_write_value (JsonBuilder *builder, JpRecord *record, const JpField *field);
JpJsonScalar jp_wire_record_get_scalar (JpRecord *record, const JpField *field, JpIdText buffer);
gboolean     jp_wire_record_set_scalar (const JpJsonScalar *scalar,
                                        const JpField      *field,
                                        JpDraft            *draft,
                                        GError            **error);
char        *jp_wire_record_fields_to_text (JpRecord *record, guint32 units);

G_END_DECLS
