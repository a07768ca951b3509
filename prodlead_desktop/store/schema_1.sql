-- Version 1. Written by `python -m prodlead_desktop.store.schema`; do not edit.

CREATE TABLE "header" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK ("id" = 'strategy'),
  "name" TEXT NOT NULL,
  "currency" TEXT NOT NULL,
  "plan_start" TEXT,
  "horizon" INTEGER NOT NULL,
  "fiscal_year_start" INTEGER,
  "discount_rate" REAL,
  "purpose" TEXT,
  "layout" TEXT NOT NULL
) STRICT;

CREATE TABLE "pool" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "order" INTEGER NOT NULL,
  "name" TEXT NOT NULL,
  "colour" INTEGER NOT NULL
) STRICT;

CREATE TABLE "team" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "order" INTEGER NOT NULL,
  "name" TEXT NOT NULL,
  "function" TEXT,
  "capacity" TEXT,
  "discovery" REAL
) STRICT;

CREATE TABLE "person" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "order" INTEGER NOT NULL,
  "name" TEXT NOT NULL,
  "role" TEXT,
  "limit" INTEGER CHECK (abs("limit") < 1000000000000000),
  "hours" REAL,
  "weight" REAL
) STRICT;

CREATE TABLE "node" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "parent" TEXT REFERENCES "node" ("id") DEFERRABLE INITIALLY DEFERRED,
  "order" INTEGER NOT NULL,
  "kind" TEXT NOT NULL,
  "title" TEXT NOT NULL,
  "note" TEXT,
  "tags" TEXT,
  "state" TEXT NOT NULL,
  "owner" TEXT REFERENCES "person" ("id") DEFERRABLE INITIALLY DEFERRED,
  "team" TEXT REFERENCES "team" ("id") DEFERRABLE INITIALLY DEFERRED,
  "pool" TEXT REFERENCES "pool" ("id") DEFERRABLE INITIALLY DEFERRED,
  "segment" TEXT REFERENCES "node" ("id") DEFERRABLE INITIALLY DEFERRED,
  "nudge_x" REAL,
  "nudge_y" REAL,
  "side" TEXT,
  "data" TEXT NOT NULL
) STRICT;
CREATE INDEX "node_parent" ON "node" ("parent");
CREATE INDEX "node_owner" ON "node" ("owner");
CREATE INDEX "node_team" ON "node" ("team");
CREATE INDEX "node_pool" ON "node" ("pool");
CREATE INDEX "node_segment" ON "node" ("segment");

CREATE TABLE "reading" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "node" TEXT NOT NULL REFERENCES "node" ("id") DEFERRABLE INITIALLY DEFERRED,
  "date" TEXT NOT NULL,
  "value" REAL NOT NULL,
  "source" TEXT
) STRICT;
CREATE INDEX "reading_node" ON "reading" ("node");

CREATE TABLE "level" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "initiative" TEXT NOT NULL REFERENCES "node" ("id") DEFERRABLE INITIALLY DEFERRED,
  "order" INTEGER NOT NULL,
  "name" TEXT NOT NULL,
  "cost" INTEGER CHECK (abs("cost") < 1000000000000000),
  "share" REAL,
  "start" REAL
) STRICT;
CREATE INDEX "level_initiative" ON "level" ("initiative");

CREATE TABLE "tranche" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "initiative" TEXT NOT NULL REFERENCES "node" ("id") DEFERRABLE INITIALLY DEFERRED,
  "order" INTEGER NOT NULL,
  "amount" INTEGER CHECK (abs("amount") < 1000000000000000),
  "condition" TEXT,
  "date" TEXT
) STRICT;
CREATE INDEX "tranche_initiative" ON "tranche" ("initiative");

CREATE TABLE "dependency" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "node" TEXT NOT NULL REFERENCES "node" ("id") DEFERRABLE INITIALLY DEFERRED,
  "kind" TEXT NOT NULL,
  "other" TEXT NOT NULL REFERENCES "node" ("id") DEFERRABLE INITIALLY DEFERRED,
  "factor" REAL
) STRICT;
CREATE INDEX "dependency_node" ON "dependency" ("node");
CREATE INDEX "dependency_other" ON "dependency" ("other");

CREATE TABLE "demand" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "initiative" TEXT NOT NULL REFERENCES "node" ("id") DEFERRABLE INITIALLY DEFERRED,
  "level" TEXT REFERENCES "level" ("id") DEFERRABLE INITIALLY DEFERRED,
  "team" TEXT NOT NULL REFERENCES "team" ("id") DEFERRABLE INITIALLY DEFERRED,
  "quarter" INTEGER NOT NULL,
  "amount" REAL
) STRICT;
CREATE INDEX "demand_initiative" ON "demand" ("initiative");
CREATE INDEX "demand_level" ON "demand" ("level");
CREATE INDEX "demand_team" ON "demand" ("team");

CREATE TABLE "link" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "source" TEXT NOT NULL REFERENCES "node" ("id") DEFERRABLE INITIALLY DEFERRED,
  "target" TEXT NOT NULL REFERENCES "node" ("id") DEFERRABLE INITIALLY DEFERRED,
  "contribution" REAL,
  "lag" REAL,
  "rationale" TEXT
) STRICT;
CREATE INDEX "link_source" ON "link" ("source");
CREATE INDEX "link_target" ON "link" ("target");

CREATE TABLE "effect" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "initiative" TEXT NOT NULL REFERENCES "node" ("id") DEFERRABLE INITIALLY DEFERRED,
  "outcome" TEXT NOT NULL REFERENCES "node" ("id") DEFERRABLE INITIALLY DEFERRED,
  "p10" REAL,
  "p50" REAL,
  "p90" REAL,
  "low" REAL,
  "mode" REAL,
  "high" REAL,
  "shape" TEXT NOT NULL,
  "note" TEXT
) STRICT;
CREATE INDEX "effect_initiative" ON "effect" ("initiative");
CREATE INDEX "effect_outcome" ON "effect" ("outcome");

CREATE TABLE "incentive" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "team" TEXT NOT NULL REFERENCES "team" ("id") DEFERRABLE INITIALLY DEFERRED,
  "metric" TEXT NOT NULL,
  "outcome" TEXT REFERENCES "node" ("id") DEFERRABLE INITIALLY DEFERRED,
  "direction" TEXT,
  "weight" REAL,
  "kind" TEXT
) STRICT;
CREATE INDEX "incentive_team" ON "incentive" ("team");
CREATE INDEX "incentive_outcome" ON "incentive" ("outcome");

CREATE TABLE "cadence" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "order" INTEGER NOT NULL,
  "name" TEXT NOT NULL,
  "interval" INTEGER,
  "duration" REAL,
  "purpose" TEXT,
  "decisions" TEXT
) STRICT;

CREATE TABLE "attendee" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "cadence" TEXT NOT NULL REFERENCES "cadence" ("id") DEFERRABLE INITIALLY DEFERRED,
  "person" TEXT NOT NULL REFERENCES "person" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX "attendee_cadence" ON "attendee" ("cadence");
CREATE INDEX "attendee_person" ON "attendee" ("person");

CREATE TABLE "agenda_share" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "cadence" TEXT NOT NULL REFERENCES "cadence" ("id") DEFERRABLE INITIALLY DEFERRED,
  "node" TEXT NOT NULL REFERENCES "node" ("id") DEFERRABLE INITIALLY DEFERRED,
  "share" REAL
) STRICT;
CREATE INDEX "agenda_share_cadence" ON "agenda_share" ("cadence");
CREATE INDEX "agenda_share_node" ON "agenda_share" ("node");

CREATE TABLE "right" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "order" INTEGER NOT NULL,
  "kind" TEXT NOT NULL,
  "decider" TEXT REFERENCES "person" ("id") DEFERRABLE INITIALLY DEFERRED,
  "limit" INTEGER CHECK (abs("limit") < 1000000000000000),
  "escalates_to" TEXT REFERENCES "person" ("id") DEFERRABLE INITIALLY DEFERRED,
  "escalates_meeting" TEXT REFERENCES "cadence" ("id") DEFERRABLE INITIALLY DEFERRED,
  "frequency" REAL
) STRICT;
CREATE INDEX "right_decider" ON "right" ("decider");
CREATE INDEX "right_escalates_to" ON "right" ("escalates_to");
CREATE INDEX "right_escalates_meeting" ON "right" ("escalates_meeting");

CREATE TABLE "right_scope" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "right" TEXT NOT NULL REFERENCES "right" ("id") DEFERRABLE INITIALLY DEFERRED,
  "node" TEXT NOT NULL REFERENCES "node" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX "right_scope_right" ON "right_scope" ("right");
CREATE INDEX "right_scope_node" ON "right_scope" ("node");

CREATE TABLE "right_pool" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "right" TEXT NOT NULL REFERENCES "right" ("id") DEFERRABLE INITIALLY DEFERRED,
  "pool" TEXT NOT NULL REFERENCES "pool" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX "right_pool_right" ON "right_pool" ("right");
CREATE INDEX "right_pool_pool" ON "right_pool" ("pool");

CREATE TABLE "consulted" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "right" TEXT NOT NULL REFERENCES "right" ("id") DEFERRABLE INITIALLY DEFERRED,
  "person" TEXT NOT NULL REFERENCES "person" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX "consulted_right" ON "consulted" ("right");
CREATE INDEX "consulted_person" ON "consulted" ("person");

CREATE TABLE "scenario" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "order" INTEGER NOT NULL,
  "name" TEXT NOT NULL,
  "status" TEXT NOT NULL,
  "colour" INTEGER NOT NULL,
  "note" TEXT,
  "budget" INTEGER CHECK (abs("budget") < 1000000000000000),
  "quarters" TEXT,
  "carry_over" REAL,
  "at_most" INTEGER,
  "frozen_at" TEXT,
  "frozen_total" INTEGER CHECK (abs("frozen_total") < 1000000000000000)
) STRICT;

CREATE TABLE "band" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "scenario" TEXT NOT NULL REFERENCES "scenario" ("id") DEFERRABLE INITIALLY DEFERRED,
  "pool" TEXT NOT NULL REFERENCES "pool" ("id") DEFERRABLE INITIALLY DEFERRED,
  "low" REAL,
  "high" REAL,
  "of" TEXT
) STRICT;
CREATE INDEX "band_scenario" ON "band" ("scenario");
CREATE INDEX "band_pool" ON "band" ("pool");

CREATE TABLE "wish" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "scenario" TEXT NOT NULL REFERENCES "scenario" ("id") DEFERRABLE INITIALLY DEFERRED,
  "outcome" TEXT NOT NULL REFERENCES "node" ("id") DEFERRABLE INITIALLY DEFERRED,
  "attainment" REAL NOT NULL
) STRICT;
CREATE INDEX "wish_scenario" ON "wish" ("scenario");
CREATE INDEX "wish_outcome" ON "wish" ("outcome");

CREATE TABLE "allocation" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "scenario" TEXT NOT NULL REFERENCES "scenario" ("id") DEFERRABLE INITIALLY DEFERRED,
  "initiative" TEXT NOT NULL REFERENCES "node" ("id") DEFERRABLE INITIALLY DEFERRED,
  "level" TEXT REFERENCES "level" ("id") DEFERRABLE INITIALLY DEFERRED,
  "amount" INTEGER CHECK (abs("amount") < 1000000000000000),
  "floor" INTEGER CHECK (abs("floor") < 1000000000000000),
  "ceiling" INTEGER CHECK (abs("ceiling") < 1000000000000000),
  "lock" INTEGER NOT NULL CHECK ("lock" IN (0, 1)),
  "start" REAL
) STRICT;
CREATE INDEX "allocation_scenario" ON "allocation" ("scenario");
CREATE INDEX "allocation_initiative" ON "allocation" ("initiative");
CREATE INDEX "allocation_level" ON "allocation" ("level");

CREATE TABLE "future" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "order" INTEGER NOT NULL,
  "name" TEXT NOT NULL,
  "probability" REAL,
  "note" TEXT
) STRICT;

CREATE TABLE "shift" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "future" TEXT NOT NULL REFERENCES "future" ("id") DEFERRABLE INITIALLY DEFERRED,
  "what" TEXT NOT NULL,
  "node" TEXT REFERENCES "node" ("id") DEFERRABLE INITIALLY DEFERRED,
  "outcome" TEXT REFERENCES "node" ("id") DEFERRABLE INITIALLY DEFERRED,
  "factor" REAL,
  "value" REAL,
  "holds" INTEGER CHECK ("holds" IN (0, 1))
) STRICT;
CREATE INDEX "shift_future" ON "shift" ("future");
CREATE INDEX "shift_node" ON "shift" ("node");
CREATE INDEX "shift_outcome" ON "shift" ("outcome");

CREATE TABLE "decision" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "order" INTEGER NOT NULL,
  "sentence" TEXT NOT NULL,
  "date" TEXT,
  "decider" TEXT REFERENCES "person" ("id") DEFERRABLE INITIALLY DEFERRED,
  "scenario" TEXT REFERENCES "scenario" ("id") DEFERRABLE INITIALLY DEFERRED,
  "alternatives" TEXT,
  "reasons" TEXT,
  "dissent" TEXT
) STRICT;
CREATE INDEX "decision_decider" ON "decision" ("decider");
CREATE INDEX "decision_scenario" ON "decision" ("scenario");

CREATE TABLE "action" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "order" INTEGER NOT NULL,
  "title" TEXT NOT NULL,
  "person" TEXT REFERENCES "person" ("id") DEFERRABLE INITIALLY DEFERRED,
  "due" TEXT,
  "decision" TEXT REFERENCES "decision" ("id") DEFERRABLE INITIALLY DEFERRED,
  "node" TEXT REFERENCES "node" ("id") DEFERRABLE INITIALLY DEFERRED,
  "done" INTEGER NOT NULL CHECK ("done" IN (0, 1))
) STRICT;
CREATE INDEX "action_person" ON "action" ("person");
CREATE INDEX "action_decision" ON "action" ("decision");
CREATE INDEX "action_node" ON "action" ("node");

CREATE TABLE "remark" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "order" INTEGER NOT NULL,
  "text" TEXT NOT NULL,
  "person" TEXT REFERENCES "person" ("id") DEFERRABLE INITIALLY DEFERRED,
  "node" TEXT REFERENCES "node" ("id") DEFERRABLE INITIALLY DEFERRED,
  "done" INTEGER NOT NULL CHECK ("done" IN (0, 1))
) STRICT;
CREATE INDEX "remark_person" ON "remark" ("person");
CREATE INDEX "remark_node" ON "remark" ("node");

CREATE TABLE "agenda_item" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "order" INTEGER NOT NULL,
  "title" TEXT NOT NULL,
  "day" INTEGER,
  "minutes" REAL,
  "starts_at" TEXT,
  "screen" TEXT,
  "checkpoint" INTEGER NOT NULL CHECK ("checkpoint" IN (0, 1)),
  "advice" TEXT
) STRICT;

CREATE TABLE "round" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "order" INTEGER NOT NULL,
  "title" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "scenario" TEXT REFERENCES "scenario" ("id") DEFERRABLE INITIALLY DEFERRED,
  "cap" REAL,
  "status" TEXT
) STRICT;
CREATE INDEX "round_scenario" ON "round" ("scenario");

CREATE TABLE "answer" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "round" TEXT NOT NULL REFERENCES "round" ("id") DEFERRABLE INITIALLY DEFERRED,
  "person" TEXT REFERENCES "person" ("id") DEFERRABLE INITIALLY DEFERRED,
  "node" TEXT REFERENCES "node" ("id") DEFERRABLE INITIALLY DEFERRED,
  "value" REAL,
  "p10" REAL,
  "p50" REAL,
  "p90" REAL
) STRICT;
CREATE INDEX "answer_round" ON "answer" ("round");
CREATE INDEX "answer_person" ON "answer" ("person");
CREATE INDEX "answer_node" ON "answer" ("node");

CREATE TABLE "view" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "order" INTEGER NOT NULL,
  "name" TEXT NOT NULL,
  "root" TEXT REFERENCES "node" ("id") DEFERRABLE INITIALLY DEFERRED,
  "lens" TEXT,
  "filter" TEXT,
  "zoom" REAL,
  "x" REAL,
  "y" REAL
) STRICT;
CREATE INDEX "view_root" ON "view" ("root");

CREATE TABLE "view_fold" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "view" TEXT NOT NULL REFERENCES "view" ("id") DEFERRABLE INITIALLY DEFERRED,
  "node" TEXT NOT NULL REFERENCES "node" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX "view_fold_view" ON "view_fold" ("view");
CREATE INDEX "view_fold_node" ON "view_fold" ("node");

CREATE TABLE "meta" (
  "id" INTEGER NOT NULL PRIMARY KEY CHECK ("id" = 1),
  "document" TEXT NOT NULL,
  "sequence" INTEGER NOT NULL,
  "digest" INTEGER NOT NULL
) STRICT;

CREATE TABLE "journal" (
  "seq" INTEGER NOT NULL PRIMARY KEY,
  "kind" TEXT NOT NULL CHECK ("kind" IN ('edit', 'undo', 'redo', 'withdraw', 'start')),
  "answers" INTEGER,
  "grp" TEXT,
  "label" TEXT NOT NULL,
  "at" TEXT NOT NULL,
  "size" INTEGER NOT NULL,
  "changes" TEXT NOT NULL
) STRICT;

CREATE TABLE "checkpoint" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "name" TEXT NOT NULL,
  "seq" INTEGER NOT NULL,
  "created" TEXT NOT NULL,
  "content" BLOB NOT NULL
) STRICT;
