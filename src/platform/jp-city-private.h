/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-bank.h"
#include "jp-city.h"
#include "jp-contract-draft.h"

G_BEGIN_DECLS

/**
 * JpCityStage:
 * @earned_us: when it was earned, 0 = not yet
 * @share_bp: its share
 * @amount_fen: its amount
 * @id: stage of the policy
 *
 * One stage of a contract's money.
 */
typedef struct
{
  gint64      earned_us;
  int         share_bp;
  gint64      amount_fen;
  const char *id;
} JpCityStage;

#define JP_CITY_N_STAGES 4

/**
 * JpCityLine:
 * @contract: the contract; none for a line that names none
 * @contract_no: (owned): its number
 * @trainee: the trainee; none if unknown
 * @trainee_name: (owned): the name
 * @kind: release or refund, as jp_line_kind_codes names it
 * @stage: stage
 * @share_bp: share, 0 where it has none
 * @amount_fen: amount
 * @paid_us: when the bank paid
 * @reference: (owned): the bank's
 *
 * A movement that goes onto a statement.
 */
typedef struct
{
  JpId        contract;
  char       *contract_no;
  JpId        trainee;
  char       *trainee_name;
  const char *kind;
  const char *stage;
  int         share_bp;
  gint64      amount_fen;
  gint64      paid_us;
  char       *reference;
} JpCityLine;

/* The month whose statement has wrong lines: the one before the present. */
#define JP_CITY_FAULT_MONTH 1

/**
 * JpCityFault:
 * @JP_CITY_FAULT_NONE: all is right
 * @JP_CITY_FAULT_SHORT: less was paid than earned
 * @JP_CITY_FAULT_OVER: more was paid than earned
 * @JP_CITY_FAULT_POLICY: a share was paid that the contract's policy does not have
 * @JP_CITY_FAULT_TWICE: the same stage was paid twice
 * @JP_CITY_FAULT_MISSING: nothing was paid
 * @JP_CITY_FAULT_LATE: it was paid a month late
 * @JP_CITY_FAULT_NOT_REACHED: a stage was paid that is not reached
 *
 * What the bank got wrong.
 */
typedef enum {
  JP_CITY_FAULT_NONE,
  JP_CITY_FAULT_SHORT,
  JP_CITY_FAULT_OVER,
  JP_CITY_FAULT_POLICY,
  JP_CITY_FAULT_TWICE,
  JP_CITY_FAULT_MISSING,
  JP_CITY_FAULT_LATE,
  JP_CITY_FAULT_NOT_REACHED,
} JpCityFault;

#define JP_CITY_N_FAULTS 8

/**
 * JpCityRelease:
 * @stage: stage of the policy
 * @next_stage: (nullable): the stage after it, if it is not reached
 * @next_fen: what that one is worth
 * @share_bp: its share
 * @amount_fen: what is paid
 * @left_fen: what custody holds beyond that
 * @price_fen: the contract's price
 * @paid_us: when
 *
 * A release on its way to the bank.
 */
typedef struct
{
  const char *stage;
  const char *next_stage;
  gint64      next_fen;
  int         share_bp;
  gint64      amount_fen;
  gint64      left_fen;
  gint64      price_fen;
  gint64      paid_us;
} JpCityRelease;

/**
 * JpCitySchool:
 * @id: the school
 * @index: number in the city, from 0
 * @record: (owned): its record
 * @coaches: (owned) (element-type JpRecord): its coaches
 * @vehicles: (owned) (element-type JpRecord): its vehicles
 * @terminals: (owned) (element-type JpRecord): terminal of each vehicle, in their order
 * @tiers: (owned) (element-type JpRecord): what it sells
 * @places: (owned): its grounds, for contracts
 * @lines: (owned) (element-type JpCityLine): what its statements will list
 * @n_contracts: contracts made so far
 * @n_trainees: trainees made so far
 * @with_faults: the bank makes mistakes with this school
 * @n_faults: of each kind so far
 */
typedef struct
{
  JpId       id;
  guint      index;
  JpRecord  *record;
  GPtrArray *coaches;
  GPtrArray *vehicles;
  GPtrArray *terminals;
  GPtrArray *tiers;
  char      *places;
  GPtrArray *lines;
  guint      n_contracts;
  guint      n_trainees;
  gboolean   with_faults;
  guint      n_faults[JP_CITY_N_FAULTS];
} JpCitySchool;

/**
 * JpCity:
 * @store: (borrowed): where it is written
 * @bank: (owned): the custodian bank
 * @random: (owned): the only source of chance
 * @today: the day of the city
 * @now_us: noon of that day
 * @policy: (owned): the rules all contracts are made with
 * @curriculum: (owned): the hours
 * @model: (owned): the contract's text
 * @n_numbers: ministry numbers given so far
 *
 * The city while it is made.
 */
typedef struct
{
  JpPlatformStore *store;
  JpBank          *bank;
  JpIdSource      *random;
  JpDate           today;
  gint64           now_us;
  JpPolicy        *policy;
  JpCurriculum    *curriculum;
  JpContractText  *model;
  guint            n_numbers;
} JpCity;

/* Chance and names. */
guint    jp_city_roll (JpCity *self, guint bound);
gboolean jp_city_chance (JpCity *self, guint percent);
JpId     jp_city_new_id (JpCity *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
char    *jp_city_dup_number (JpCity *self);
char    *jp_city_dup_person_name (JpCity *self);
char    *jp_city_dup_mobile (JpCity *self);
char    *jp_city_dup_id_number (JpCity *self, int min_age, int max_age);
char    *jp_city_dup_address (JpCity *self, const char *district);

/* Rows. */
JpDraft  *jp_city_new_draft (JpCity *self, JpKind kind, const JpId *id, gint64 created_us);
JpRecord *jp_city_put (JpCity *self, const JpId *school, JpDraft *draft, GError **error);
gboolean  jp_city_put_only (JpCity *self, const JpId *school, JpDraft *draft, GError **error);

/* The parts of the city. */
JpCitySchool *jp_city_make_school (JpCity *self, guint index, gboolean large, GError **error);
void          jp_city_school_free (JpCitySchool *self);
gboolean      jp_city_make_trainee (JpCity *self, JpCitySchool *school, GError **error);
JpRecord     *jp_city_make_contract (JpCity       *self,
                                     JpCitySchool *school,
                                     JpRecord     *trainee,
                                     JpRecord     *tier,
                                     gint64        drafted_us,
                                     const char   *status,
                                     GError      **error);
gboolean      jp_city_settle (JpCity *self, JpCitySchool *school, GError **error);
gboolean      jp_city_is_in_month (JpCity *self, gint64 at_us, int months_back);
JpCityFault   jp_city_spoil (JpCity *self, JpCitySchool *school, JpCityRelease *inout_release);
gboolean      jp_city_make_disputes (JpCity *self, JpCitySchool *school, GError **error);
gboolean      jp_city_make_voices (JpCity *self, JpCitySchool *school, GError **error);
void          jp_city_add_line (JpCitySchool     *school,
                                JpRecord         *contract,
                                const char       *trainee_name,
                                const JpCityLine *movement);
const char   *jp_city_get_stage_title (const char *stage);

G_END_DECLS
