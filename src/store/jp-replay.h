/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-journal.h"

G_BEGIN_DECLS

/**
 * JpReplay:
 * @n_known: operations that the database has already
 * @n_repeated: operations that were brought back
 * @n_damaged: places of the journal that cannot be read
 *
 * What replaying a journal did.
 */
typedef struct
{
  guint n_known;
  guint n_repeated;
  guint n_damaged;
} JpReplay;

gboolean jp_replay_run (const char      *folder,
                        JpVault         *vault,
                        const JpMonitor *monitor,
                        JpReplay        *out_replay,
                        GError         **error);

G_END_DECLS
