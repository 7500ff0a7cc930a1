/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-business-fixture.h"
#include "jp-change.h"
#include "jp-http-router.h"
#include "jp-sim-tally.h"
#include "jp-sim-vfs.h"
#include "jp-store.h"
#include "jp-transport.h"

G_BEGIN_DECLS

/* The world of one history: a platform and the stations of a school, real but
 * for their disks, the network and the time, and what a careful observer
 * remembers of it. */

#define JP_SIM_MAX_STATIONS  6
#define JP_SIM_FIRST_OTHER   4 /* the stations from here on are of other schools */
#define JP_SIM_MAX_SCHOOLS   3
#define JP_SIM_MAX_CONTRACTS 3
#define JP_SIM_FILE_NAME     "school.db"
#define JP_SIM_N_UNITS       4
#define JP_SIM_N_TEXTS       4 /* few, so that two stations often write the same */
#define JP_SIM_SECOND_US     G_GINT64_CONSTANT (1000000)
#define JP_SIM_PRICE_FEN     JP_BUSINESS_FIXTURE_PRICE_FEN

typedef struct _JpSimWorld   JpSimWorld;
typedef struct _JpSimStation JpSimStation;
typedef struct _JpSimCut     JpSimCut;

/**
 * JpSimSwarm:
 *
 * What a history is like; each seed has its own mixture, so that rare things
 * meet (sync.md §6.2). Chances are per thousand.
 */
typedef struct
{
  guint  n_stations;
  guint  n_acts;
  guint  act_every_s;  /* mean time between two acts of a station */
  guint  weights[9];   /* of what people do, see jp-sim-desk.c */
  guint  sync_chance;  /* that a station syncs instead of acting */
  guint  lose_request; /* of each message … */
  guint  lose_reply;
  guint  duplicate;
  guint  late; /* arrives after the sender gave up, and after newer ones */
  guint  portal;
  guint  gateway;
  guint  truncated;
  guint  foreign;       /* a station asks for what is another school's */
  guint  station_crash; /* of each act … */
  guint  platform_crash;
  guint  disk_fault;
  guint  no_memory; /* SQLite gets none */
  guint  clock_jump;
  guint  back_up; /* the platform's disk is kept … */
  guint  restore; /* … and the platform goes on from it */
  guint  clone;   /* of a station's disk */
  guint  rewind;  /* somebody puts a station's last backup in the place of its data */
  guint  pay;
  gint64 skews_us[JP_SIM_MAX_STATIONS];
  guint  n_fresh;  /* stations that begin with a first sync */
  guint  n_old;    /* stations whose data are of an older program */
  guint  n_others; /* stations of other schools */
} JpSimSwarm;

/* What somebody meant to do to a row. */
typedef struct
{
  JpId     id;
  gboolean create;
  gint64   version; /* of the platform's state that was seen */
  int      base[JP_SIM_N_UNITS];
  int      set[JP_SIM_N_UNITS];
  gboolean touched[JP_SIM_N_UNITS];
  int      deletion; /* -1 out of the trash, 0, 1 into it */
} JpSimEdit;

/* One event of business: what somebody meant, and whether the program said that
 * it is saved. */
typedef struct
{
  JpId     op_id;
  guint    station;
  GArray  *edits; /* (owned) (element-type JpSimEdit) */
  gboolean other; /* rows that the model does not know are part of it */
  gboolean acked;
} JpSimAct;

/* An operation that the platform has taken, in the order in which it did. */
typedef struct
{
  JpId   station;
  gint64 n;
} JpSimTaken;

/* A time of the platform, from one restore to the next: its epoch. */
typedef struct
{
  char  *epoch;
  guint  parent; /* the age in which the copy was made from which this one began; its own if none */
  guint  n_from; /* operations that had been taken when it began */
  guint  n_kept; /* how many of those taken until its end are not forgotten */
  gint64 floor;  /* its versions begin here */
} JpSimAge;

/* A school of the platform. */
typedef struct
{
  JpId    id;
  JpId    vehicle;
  JpId    terminal;
  GArray *ids; /* (owned) (element-type JpId): trainees that were ever made */
} JpSimSchool;

struct _JpSimStation
{
  JpSimWorld  *world;
  guint        index;
  JpSimSchool *school;    /* (borrowed) */
  JpSimNode   *node;      /* (owned) */
  char        *path;      /* (owned) */
  JpSealKey   *key;       /* (owned) */
  JpSealKey   *own_key;   /* (owned): the one before it became a copy of another */
  JpFakeClock *clock;     /* (owned) */
  JpIdSource  *ids;       /* (owned) (nullable): of the program that runs */
  JpTransport *transport; /* (owned) (nullable) */
  JpStore     *store;     /* (owned) (nullable): NULL while the PC is off */
  gint64       skew_us;
  gboolean     in_use;
  gboolean     is_old; /* its program does not know the field of jp_sim_old_hide() */
  gboolean     in_round;
  gboolean     round_whole; /* the last round */
  gboolean     unknown;     /* the platform said that it does not know it */
  guint        n_moved;     /* operations and rows of the last round */
  GError      *round_error; /* (owned) (nullable): why it was not */
  JpId         last_act;    /* to be undone */
  gint64       last_n;
  guint        n_faults; /* of the disk, when the program was started */
  gboolean     has_news; /* a round has ended just now */
  gboolean     in_doubt; /* whether an undo is saved */
  gboolean     has_backup;
  gboolean     is_sealed;   /* the backup is as people make it, and lies on a stick */
  guint        backup_acts; /* how many events of business there had been */
};

struct _JpSimWorld
{
  guint64            seed;
  const JpSimCut    *cut; /* (borrowed): what is left out */
  JpSimRandom        random;
  JpSimSwarm         swarm;
  JpSimTally        *tally; /* (borrowed) */
  GPtrArray         *queue; /* (owned): what will happen */
  guint64            n_events;
  gint64             now_us;
  gboolean           healed;
  gboolean           at_rest;
  JpBusinessFixture *b;             /* (owned): the platform */
  JpSimNode         *platform_node; /* (owned) */
  JpHttpRouter      *router;        /* (owned) (nullable): NULL while the platform is down */
  JpSimStation       stations[JP_SIM_MAX_STATIONS];
  GPtrArray         *flights; /* (owned): messages under way */
  GHashTable        *acts;    /* (owned): JpId → JpSimAct */
  GPtrArray         *history; /* (owned) (element-type JpSimAct) (not owned): in their order */
  GArray            *taken;   /* (owned) (element-type JpSimTaken) */
  JpSimSchool        schools[JP_SIM_MAX_SCHOOLS];
  JpId               contracts[JP_SIM_MAX_CONTRACTS];
  guint              n_paid[JP_SIM_MAX_CONTRACTS]; /* payments that the bank has confirmed */
  GHashTable        *profiles;                     /* (owned) (nullable): JpSealKey → JpProfile */
  JpSimDisk         *backup;                       /* (owned) (nullable): of the platform */
  guint              backup_taken;                 /* how many operations are in it */
  guint              backup_paid[JP_SIM_MAX_CONTRACTS];
  gboolean           was_restored;
  GArray            *ages; /* (owned) (element-type JpSimAge) */
  guint              age;  /* the present one */
  guint              backup_age;
};

guint    jp_sim_world_below (JpSimWorld *self, guint bound);
gboolean jp_sim_world_chance (JpSimWorld *self, guint per_thousand);
void     jp_sim_world_settle (JpSimWorld *self);
void     jp_sim_world_log (JpSimWorld *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
void     jp_sim_world_find (JpSimWorld *self, JpSimChecker checker, const char *format, ...)
  G_GNUC_PRINTF (3, 4);

typedef void (*JpSimEventFunc) (JpSimWorld *world, gpointer data, guint64 number);
void jp_sim_world_schedule (JpSimWorld    *self,
                            gint64         delay_us,
                            JpSimEventFunc func,
                            gpointer       data,
                            guint64        number);

/* The stations: jp-sim-station.c and jp-sim-desk.c. */
gboolean jp_sim_station_start (JpSimStation *self);
void     jp_sim_station_stop (JpSimStation *self);
void     jp_sim_station_crash (JpSimStation *self, JpSimLoss loss);
void     jp_sim_station_sync (JpSimStation *self);
void     jp_sim_station_enrol (JpSimStation *self);
void     jp_sim_station_clone (JpSimStation *self, JpSimStation *other);
void     jp_sim_station_back_up (JpSimStation *self);
void     jp_sim_station_rewind (JpSimStation *self);
gboolean jp_sim_backup_seal (JpSimStation *self);
void     jp_sim_backup_unseal (JpSimStation *self);
gpointer jp_sim_station_call (JpSimStation *self, JpStoreFunc func, gpointer data, GError **error);
void     jp_sim_station_act (JpSimStation *self);
int      jp_sim_desk_get_text (JpRecord *record, guint unit);
void     jp_sim_desk_log_edit (JpSimWorld      *world,
                               const char      *what,
                               const JpSimAct  *act,
                               const JpSimEdit *edit);
const char *jp_sim_desk_get_name (guint unit);
void        jp_sim_desk_settle_doubt (JpSimStation *station, JpVault *vault);
char       *jp_sim_desk_dup_text (guint unit, int index);
JpSimAct   *jp_sim_desk_find_act (JpSimWorld *world, const JpId *op_id);

/* The network: jp-sim-net.c. */
JpTransport *jp_sim_net_new_transport (JpSimStation *station);
void         jp_sim_net_cut (JpSimStation *station);
void         jp_sim_net_unref_flight (gpointer flight);

/* The platform: jp-sim-platform.c. */
void      jp_sim_platform_start (JpSimWorld *world);
void      jp_sim_platform_stop (JpSimWorld *world);
void      jp_sim_platform_crash (JpSimWorld *world, JpSimLoss loss);
void      jp_sim_platform_note (JpSimWorld *world);
void      jp_sim_platform_note_age (JpSimWorld *world);
void      jp_sim_platform_pay (JpSimWorld *world);
JpRecord *jp_sim_platform_find (JpSimWorld *world, JpKind kind, const JpId *id);
void      jp_sim_platform_back_up (JpSimWorld *world);
void      jp_sim_platform_restore (JpSimWorld *world);

/* The judges: jp-sim-model.c and jp-sim-check.c. */
void jp_sim_model_judge (JpSimWorld *world);
void jp_sim_check_station (JpSimStation *station);
void jp_sim_check_shown (JpSimStation *station);
void jp_sim_check_all (JpSimWorld *world);

G_END_DECLS
