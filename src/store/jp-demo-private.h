/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-change.h"
#include "jp-demo.h"

G_BEGIN_DECLS

/**
 * JpDemo:
 * @vault: (borrowed): where the school is made
 * @random: (owned): the seed's randomness
 * @seed: the seed
 * @actor: (borrowed): who is said to have typed it
 * @today: today's date
 * @n_people: how many people have been made up
 *
 * A demo school being made.
 */
typedef struct
{
  JpVault    *vault;
  JpIdSource *random;
  guint64     seed;
  const char *actor;
  JpDate      today;
  guint       n_people;
} JpDemo;

/**
 * JpDemoPerson:
 * @name: (owned): a name
 * @id_number: (owned): an ID number with a right check digit
 * @mobile: (owned): a mobile number
 * @address: (owned): an address
 *
 * Somebody who does not exist.
 */
typedef struct
{
  char *name;
  char *id_number;
  char *mobile;
  char *address;
} JpDemoPerson;

void   jp_demo_person_init (JpDemoPerson *self, JpDemo *demo, JpDate born_from, JpDate born_to);
void   jp_demo_person_clear (JpDemoPerson *self);
JpDate jp_demo_random_date (JpDemo *demo, JpDate from, JpDate to);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JpDemoPerson, jp_demo_person_clear)

JpId     jp_demo_make_id (JpDemo *demo, const char *what, guint number);
gboolean jp_demo_commit (JpDemo *demo, JpChange *change, GError **error);
gboolean jp_demo_make_means (JpDemo *demo, GError **error);
gboolean jp_demo_make_tiers (JpDemo *demo, GError **error);
gboolean jp_demo_make_trainee (JpDemo *demo, guint number, GError **error);

G_END_DECLS
