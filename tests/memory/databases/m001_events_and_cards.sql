BEGIN TRANSACTION;
CREATE TABLE cards (
        card TEXT PRIMARY KEY,
        revision INTEGER NOT NULL,
        stage TEXT NOT NULL CHECK (stage IN ('learning', 'relearning', 'review')),
        step INTEGER,
        stability REAL NOT NULL,
        difficulty REAL NOT NULL,
        due_at TEXT,
        due_day TEXT,
        reps INTEGER NOT NULL,
        lapses INTEGER NOT NULL,
        last_review TEXT NOT NULL,
        last_day TEXT NOT NULL,
        first_day TEXT NOT NULL,
        CHECK ((due_at IS NULL) <> (due_day IS NULL))
    ) WITHOUT ROWID;
INSERT INTO "cards" VALUES('drill/attention',1,'review',NULL,17.9973028404353,3.4558785525541688699e+00,NULL,'2026-12-09',3,0,'2026-11-22T00:31:00.000000+00:00','2026-11-22','2026-11-18');
INSERT INTO "cards" VALUES('paper/transformer',1,'review',NULL,5.71299179345028163012e-01,7.39450274127971773907e+00,NULL,'2026-11-20',2,1,'2026-11-19T13:12:00.000000+00:00','2026-11-19','2026-11-18');
INSERT INTO "cards" VALUES('question/sqrt-dk',1,'learning',0,2.46904160378356518634e+00,8.25557787278606,'2026-11-22T00:35:30.000000+00:00',NULL,3,0,'2026-11-22T00:30:00.000000+00:00','2026-11-22','2026-11-18');
CREATE TABLE events (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        uuid TEXT NOT NULL UNIQUE,
        at TEXT NOT NULL,
        day TEXT NOT NULL,
        kind TEXT NOT NULL,
        card TEXT,
        rating INTEGER CHECK (rating BETWEEN 1 AND 4),
        revision INTEGER,
        retention REAL,
        voids TEXT UNIQUE REFERENCES events (uuid),
        payload TEXT NOT NULL,
        CHECK (kind <> 'review' OR (card IS NOT NULL AND rating IS NOT NULL)),
        CHECK (kind <> 'review' OR (revision IS NOT NULL AND retention IS NOT NULL)),
        CHECK ((kind = 'undo') = (voids IS NOT NULL))
    );
INSERT INTO "events" VALUES(1,'366475f8-2582-4e58-9c76-2471ddc9ddd6','2026-11-18T12:00:00.000000+00:00','2026-11-18','review','question/sqrt-dk',3,1,0.9,NULL,'{"typed":"方差是 d_k，''softmax'' saturates\nand …","ticked":[0,2]}');
INSERT INTO "events" VALUES(2,'5553c4b6-9b35-4469-bae5-349ad3b9eaa5','2026-11-18T12:01:00.000000+00:00','2026-11-18','review','drill/attention',2,1,0.9,NULL,'{}');
INSERT INTO "events" VALUES(3,'f31cba74-bb32-4457-a20b-8290f26f5620','2026-11-18T12:02:00.000000+00:00','2026-11-18','review','paper/transformer',3,1,0.9,NULL,'{}');
INSERT INTO "events" VALUES(4,'1109be98-efd1-4ea4-87d4-3a9f0d58bd14','2026-11-19T13:10:00.000000+00:00','2026-11-19','review','question/sqrt-dk',1,1,0.9,NULL,'{"typed":"方差是 d_k，''softmax'' saturates\nand …","ticked":[0,2]}');
INSERT INTO "events" VALUES(5,'189b3c71-37c7-485a-a0df-c76b2b87da6b','2026-11-19T13:11:00.000000+00:00','2026-11-19','review','drill/attention',4,1,0.9,NULL,'{}');
INSERT INTO "events" VALUES(6,'465f16b0-11b5-4406-9ce2-0559b5082334','2026-11-19T13:12:00.000000+00:00','2026-11-19','review','paper/transformer',1,1,0.9,NULL,'{}');
INSERT INTO "events" VALUES(7,'6d8e41c0-f5f2-44b6-ae7a-67d46ab755f4','2026-11-22T00:30:00.000000+00:00','2026-11-22','review','question/sqrt-dk',2,1,0.9,NULL,'{"typed":"方差是 d_k，''softmax'' saturates\nand …","ticked":[0,2]}');
INSERT INTO "events" VALUES(8,'52f04ff6-0a72-463c-8729-32e1427623ef','2026-11-22T00:31:00.000000+00:00','2026-11-22','review','drill/attention',3,1,0.9,NULL,'{}');
INSERT INTO "events" VALUES(9,'d52c3f6f-9386-4258-9817-b5d429fdcc92','2026-11-22T00:32:00.000000+00:00','2026-11-22','review','paper/transformer',2,1,0.9,NULL,'{}');
INSERT INTO "events" VALUES(10,'d441c691-7113-4d03-a4c6-246755147106','2026-11-22T00:40:00.000000+00:00','2026-11-22','undo','paper/transformer',NULL,NULL,NULL,'d52c3f6f-9386-4258-9817-b5d429fdcc92','{}');
INSERT INTO "events" VALUES(11,'2b8d82f8-71fa-4c82-84ea-52f2818f057c','2026-11-22T00:40:00.000000+00:00','2026-11-22','drill-run','drill/attention',NULL,NULL,NULL,NULL,'{"verdict":"passed"}');
CREATE TABLE migrations (name TEXT PRIMARY KEY, at TEXT NOT NULL);
INSERT INTO "migrations" VALUES('m001_events_and_cards','2026-11-23 09:56:46');
CREATE INDEX events_by_card ON events (card);
CREATE INDEX events_by_kind ON events (kind);
CREATE INDEX events_by_day ON events (day);
CREATE TRIGGER events_keep_what_was BEFORE UPDATE ON events
           BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER events_keep_all BEFORE DELETE ON events
           BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE INDEX cards_by_due_at ON cards (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX cards_by_due_day ON cards (due_day) WHERE due_day IS NOT NULL;
CREATE INDEX cards_by_first_day ON cards (first_day);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('events',11);
COMMIT;
