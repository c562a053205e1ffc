//! The service over HTTP: a real server on a real database, a clock in hand.
//!
//! | module | what it shows |
//! |---|---|
//! | [`rig`], [`device`], [`vaults`] | a service, devices that sign, vaults that they seal |
//! | [`accounts`], [`sessions`] | sign-up to sign-out, tokens, DPoP |
//! | [`sync`] | pushes, changes, uploads |
//! | [`live`] | what another device wrote is heard at once |
//! | [`clear`], [`replace`], [`restore`] | the dangerous acts |
//! | [`epochs`] | new keys for the vault that stands |
//! | [`across`] | a restore across epochs, and no step back |
//! | [`codes`] | what a code is good for, and what it isn't |
//! | [`proofs`], [`resets`] | rows of the table that a mailed code alone does not prove |
//! | [`factors`] | second factors |
//! | [`weakenings`] | what each weakening does |
//! | [`holds`] | what waits after a reset by mail alone |
//! | [`guards`] | what else ends an operation, and what never begins one |
//! | [`races`] | many at once |
//! | [`faults`] | what breaks on the way: requests, clocks, mail servers, providers |
//! | [`killed`] | the program killed between counting and judging |
//! | [`restarts`] | what a restart must not change |
//! | [`torn`], [`backups`] | a database that lost its end; one of yesterday |
//! | [`timeline`] | what stands in the timeline, who may read it |
//! | [`leaks`] | nothing secret rests in the database or the log |
//! | [`limits`] | how much is allowed |
//! | [`letters`] | both parts of every mail, in both languages |
//! | [`mails`] | what mails say, and a mail server that refuses |
//! | [`garbage`] | nothing that a client sends is answered with 500 |
//! | [`provider`], [`browser`] | an OpenID provider that may lie, and a browser without scripts |
//! | [`third_party`], [`linking`] | accounts that sign in at a provider, and how they get a password |
//! | [`real_provider`] | the same with a provider that is not of our making |
//! | [`portal`] | the account in a browser |
//! | [`protections`] | what the portal turns on, off or over, and by which proofs |
//! | [`records`] | what the portal lets read and save |
//! | [`lost`], [`seven_days`] | what takes seven days, for whoever lost something; what is told of it |
//! | [`connecting`] | the only device takes its vault out again |
//! | [`deletions`] | deleting the account, and keeping it |
//! | [`ways_in`] | one provider more, one less |
//! | [`web`] | CORS, headers, pages, OpenAPI |
//! | [`bench`], [`statistics`] | whether the time of an answer tells anything (`npm run bench`) |
//!
//! Each test runs on SQLite, and on PostgreSQL where `SIGILL_TEST_POSTGRES_URL`
//! names a database that may hold their schemas.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    reason = "a test that can't go on has failed"
)]

/// Runs each test on both databases.
macro_rules! on_each_database {
    ($($test:ident,)*) => {
        mod sqlite {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $test() {
                    super::$test(crate::rig::TestService::on_sqlite().await).await;
                }
            )*
        }
        mod postgres {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $test() {
                    if let Some(service) = crate::rig::TestService::on_postgres().await {
                        super::$test(service).await;
                    }
                }
            )*
        }
    };
}

mod accounts;
mod across;
mod backups;
mod bench;
mod browser;
mod clear;
mod codes;
mod connecting;
mod deletions;
mod device;
mod epochs;
mod factors;
mod faults;
mod files;
mod garbage;
mod guards;
mod holds;
mod killed;
mod leaks;
mod letters;
mod limits;
mod linking;
mod live;
mod lost;
mod mails;
mod portal;
mod proofs;
mod protections;
mod provider;
mod races;
mod real_provider;
mod records;
mod replace;
mod resets;
mod restarts;
mod restore;
mod rig;
mod sessions;
mod seven_days;
mod slots;
mod statistics;
mod sync;
mod third_party;
mod timeline;
mod torn;
mod vaults;
mod ways_in;
mod weakenings;
mod web;
