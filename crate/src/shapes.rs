//! Which shapes are read from JSON: what the service answers, and what pages
//! hand over.

use serde_json::Value;
use sigill_core::confirmation::action::{
    Action, ClearScope, RestoreReach, RestoreSource, Weakening,
};
use sigill_core::confirmation::factor::Way;
use sigill_core::confirmation::policy::{Connection, Profile, Proof, SecondFactor, Standing, Sync};
use sigill_core::confirmation::receipt::{Receipt, SignedReceipt};
use sigill_core::confirmation::timeline::{Entry, Event, Last, Said};
use sigill_core::confirmation::wait::Lost;
use sigill_core::fill;
use sigill_core::site::Rule;
use sigill_core::vault::item::{Field, Kind};
use sigill_core::wire::account::{Account, Alarm, Alarms, Device, ReceiptKey, Session, Waiting};
use sigill_core::wire::file::{FileChunks, FileKept, FileStand, Files};
use sigill_core::wire::operation::{Asked, Confirmed, FactorStep, Mail, Progress};
use sigill_core::wire::portal::{Hint, Provider, Providers, SignInBegun, SignInProgress};
use sigill_core::wire::problem::{Code, Problem, Quota};
use sigill_core::wire::timeline::{Named, Network, Page, Shown};
use sigill_core::wire::vault::{
    Anchoring, Changes, Cloud, CloudVault, Displaced, EpochNonce, Generations, HighestEpoch,
    LastAct, Moved, Pushed, SlotsChanged, TaggedHead, Upload,
};

use crate::api;
use crate::json::{Read, field, object, tag, words};

#[cfg(test)]
mod tests;

words!(
    Anchoring,
    ClearScope,
    Code,
    Connection,
    Event,
    Lost,
    Network,
    Profile,
    Proof,
    RestoreReach,
    SecondFactor,
    Sync,
    Way,
    Weakening,
    api::Connect,
    api::Door,
    api::FieldKind,
    api::Lifts,
    api::PauseReason,
    api::Take,
    api::Caution,
    fill::Field,
    Rule,
);

object! {
    Standing { connection, sync, second_factor, profile }
    ReceiptKey { id, public }
    Session { account, device, access_token, refresh_token, expires_in, receipt_key }
    Device { device, name, known_since, last_seen }
    Account {
        account, email, provider, standing, devices, held_until, delete_at, waits,
        address_confirmed_at, now,
    }
    Waiting { lost, until }
    Alarm { account, from, until, can_veto }
    Alarms { alarms, now }
    TaggedHead { head, tag }
    LastAct { action, device_name, at, seq }
    CloudVault { vault, epoch, generation, head, slots, count, anchoring, anchor_epoch, voucher }
    HighestEpoch { vault, epoch }
    Cloud { seq, head_hash, vault, last_act, epochs, now }
    Changes { cloud, heads, slots, records, after }
    SlotsChanged { slots, nonce, signature }
    Pushed { seq, generation, now }
    Upload { upload, until }
    Displaced { generation, vault, epoch, seq, head_hash, count, by, device_name, at, until }
    Generations { generations }
    Hint { url, expires_at }
    Provider { name, label }
    Providers { providers }
    SignInBegun { sign_in, url, words, expires_at }
    Last { seq, hash }
    Said { at, device, event, operation, digest }
    Shown { entry, network }
    Named { device, name }
    Page { entries, last, devices, now }
    Problem { error, tries_left, retry_after, quota }
    Quota { used, wanted, limit }
    FileStand { missing }
    FileChunks { files_key, from, chunks }
    FileKept { file, files_key, size, missing, touched_at, until }
    Files { files, used, limit, now }
    Asked {
        operation, reference, required, mail_hint, code_no, mail, resend_at, expires_at,
        tries_left, second_factor, now,
    }
    FactorStep { ways, phone_hint, text, text_no, text_resend_at }
    Receipt {
        key, operation, account, device, action, digest, executed_at, new_seq, quarantine_until,
    }

    api::Derivation { kdf, salt }
    api::NewVault { name, root, derivation, recovery, lock_after = "lockAfter" }
    api::UnlockByCode { code, lock_after = "lockAfter" }
    api::Unlock { root, lock_after = "lockAfter" }
    EpochNonce { nonce }
    Moved { moved }
    api::ChangePassword { old, root, derivation, recovery, passkeys, lock_after = "lockAfter" }
    api::NewPasskey { slot, root, credential, name }
    api::UnlockByPasskey { slot, root, lock_after = "lockAfter" }
    api::ChangeSlots { root, act }
    api::Held { until, lifts, can_veto = "canVeto" }
    api::Query { text, scope, from, count }
    api::Content { kind, name, values, urls, tags, folder, fields, favourite }
    api::Url { text, rule }
    api::Value { field, text }
    api::CustomField { label, value, kind }
    api::Save { id, content }
    api::NewFile { name, media_type = "mediaType", sha256 }
    api::Import { source, bundle, files, restore }
    api::ImportFile { entry, id, file }
    api::Bulk { ids, act }
    api::Place { url, top }
    api::OffersFor { place, kind }
    api::Wanted { place, id, despite, fields }
    api::WantedField { field, slots }
    api::Slot { kind, max_length = "maxLength", placeholder, choices }
    api::Submitted { place, name, user_name = "userName", password, replaced }
    api::Typed {
        email_code = "emailCode", account_password = "accountPassword",
        text_message_code = "textMessageCode",
    }
    api::SignUp { service, email, password, language }
    api::BySignIn { service, provider, device_name = "deviceName", language }
    api::SignIn {
        service, email, password, device_name = "deviceName", language,
        second_factor = "secondFactor",
    }
}

impl Read for SignedReceipt {
    fn read(value: &Value) -> Option<Self> {
        Some(Self {
            receipt: Receipt::read(value)?,
            signature: field(value, "signature")?,
        })
    }
}

impl Read for Entry {
    fn read(value: &Value) -> Option<Self> {
        Some(Self {
            seq: field(value, "seq")?,
            said: Said::read(value)?,
            hash: field(value, "hash")?,
        })
    }
}

impl Read for Action {
    fn read(value: &Value) -> Option<Self> {
        Some(match tag(value, "kind")? {
            "reset_master_password" => Self::ResetMasterPassword,
            "renew_master_password" => Self::RenewMasterPassword,
            "replace_cloud" => Self::ReplaceCloud,
            "clear_vault" => Self::ClearVault {
                scope: field(value, "scope")?,
            },
            "restore" => Self::Restore {
                source: field(value, "source")?,
                reach: field(value, "reach")?,
            },
            "weaken" => Self::Weaken {
                what: field(value, "what")?,
                parameters: field(value, "parameters")?,
            },
            _ => return None,
        })
    }
}

impl Read for RestoreSource {
    fn read(value: &Value) -> Option<Self> {
        Some(match tag(value, "at")? {
            "cloud" => Self::Cloud {
                generation: field(value, "generation")?,
            },
            "device" => Self::Device {
                head_hash: field(value, "head_hash")?,
            },
            _ => return None,
        })
    }
}

impl Read for Mail {
    fn read(value: &Value) -> Option<Self> {
        Some(match tag(value, "state")? {
            "not_due" => Self::NotDue,
            "queued" => Self::Queued,
            "handed_over" => Self::HandedOver {
                at: field(value, "at")?,
                code_until: field(value, "code_until")?,
            },
            "bounced" => Self::Bounced,
            _ => return None,
        })
    }
}

impl Read for Progress {
    fn read(value: &Value) -> Option<Self> {
        Some(match tag(value, "state")? {
            "pending" => Self::Pending(Asked::read(value)?),
            "executed" => Self::Executed {
                receipt: field(value, "receipt")?,
            },
            "stale" => Self::Stale,
            "expired" => Self::Expired,
            "burnt" => Self::Burnt,
            "superseded" => Self::Superseded,
            "cancelled" => Self::Cancelled,
            _ => return None,
        })
    }
}

impl Read for SignInProgress {
    fn read(value: &Value) -> Option<Self> {
        Some(match tag(value, "state")? {
            "waiting" => Self::Waiting,
            "signed_in" => Self::SignedIn {
                session: field(value, "session")?,
            },
            _ => return None,
        })
    }
}

impl Read for Confirmed {
    fn read(value: &Value) -> Option<Self> {
        if value.get("receipt").is_some() {
            field(value, "receipt").map(Self::Receipt)
        } else {
            field(value, "next").map(Self::Next)
        }
    }
}

impl Read for api::Kdf {
    fn read(value: &Value) -> Option<Self> {
        Some(match tag(value, "algorithm")? {
            "argon2id" => Self::Argon2id {
                memory: field(value, "memory")?,
                iterations: field(value, "iterations")?,
                parallelism: field(value, "parallelism")?,
            },
            "pbkdf2" => Self::Pbkdf2 {
                iterations: field(value, "iterations")?,
            },
            _ => return None,
        })
    }
}

impl Read for api::Act {
    fn read(value: &Value) -> Option<Self> {
        Some(match tag(value, "act")? {
            "clear_this_device" => Self::ClearThisDevice,
            "clear_everywhere" => Self::ClearEverywhere,
            "replace_cloud" => Self::ReplaceCloud,
            "restore_cloud" => Self::RestoreCloud {
                generation: field(value, "generation")?,
            },
            "restore_device" => Self::RestoreDevice,
            "reset_master_password" => Self::ResetMasterPassword,
            "renew_master_password" => Self::RenewMasterPassword,
            "turn_sync_off" => Self::TurnSyncOff,
            "turn_sync_on" => Self::TurnSyncOn,
            "disconnect" => Self::Disconnect,
            _ => return None,
        })
    }
}

impl Read for api::SlotsAct {
    fn read(value: &Value) -> Option<Self> {
        Some(match tag(value, "act")? {
            "add_passkey" => Self::AddPasskey {
                passkey: field(value, "passkey")?,
            },
            "remove_passkey" => Self::RemovePasskey {
                slot: field(value, "slot")?,
            },
            "derive" => Self::Derive {
                root: field(value, "root")?,
                derivation: field(value, "derivation")?,
            },
            _ => return None,
        })
    }
}

impl Read for Field {
    fn read(value: &Value) -> Option<Self> {
        Self::from_key(value.as_str()?)
    }
}

impl Read for Kind {
    fn read(value: &Value) -> Option<Self> {
        Self::from_key(value.as_str()?)
    }
}

impl Read for api::Scope {
    fn read(value: &Value) -> Option<Self> {
        Some(match tag(value, "of")? {
            "all" => Self::All,
            "favourites" => Self::Favourites,
            "kind" => Self::Kind {
                kind: field(value, "kind")?,
            },
            "folder" => Self::Folder {
                folder: field(value, "folder")?,
            },
            "tag" => Self::Tag {
                tag: field(value, "tag")?,
            },
            "archive" => Self::Archive,
            "trash" => Self::Trash,
            _ => return None,
        })
    }
}

impl Read for api::BulkAct {
    fn read(value: &Value) -> Option<Self> {
        Some(match tag(value, "act")? {
            "trash" => Self::Trash,
            "archive" => Self::Archive,
            "restore" => Self::Restore,
            "move" => Self::Move {
                folder: field(value, "folder")?,
            },
            "tag" => Self::Tag {
                tag: field(value, "tag")?,
            },
            "untag" => Self::Untag {
                tag: field(value, "tag")?,
            },
            "mark" => Self::Mark,
            "unmark" => Self::Unmark,
            _ => return None,
        })
    }
}
