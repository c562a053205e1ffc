//! Scenes: who does what, and how much of everything, so that a search ends.

use sigill_core::confirmation::action::{Action, ClearScope, Weakening};
use sigill_core::confirmation::policy::{
    self, Answer, Connection, Profile, Proofs, SecondFactor, Standing, Sync,
};
use sigill_core::id::Hash;

use super::hostile::Intruder;

/// How often each thing may still happen.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub(crate) struct Left {
    /// The person types.
    pub(crate) typing: u8,
    /// The person wants the next code.
    pub(crate) resends: u8,
    /// The person keeps everything.
    pub(crate) cancels: u8,
    /// A process dies.
    pub(crate) crashes: u8,
    /// Another device writes.
    pub(crate) syncs: u8,
    /// The account gets a second factor.
    pub(crate) factors: u8,
    /// The hostile device confirms, or cancels.
    pub(crate) attacks: u8,
    /// The service lies.
    pub(crate) lies: u8,
    /// A mail server's answer is lost.
    pub(crate) lost_mails: u8,
    /// Time passes: seconds, in whatever order.
    pub(crate) waits: Vec<u64>,
}

/// What the network does with answers. Requests it always keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answers {
    /// They come at once, or are lost.
    AtOnceOrLost,
    /// They come whenever, in whatever order, as often as may be.
    Kept,
}

/// A beginning.
#[derive(Clone, Debug)]
pub(crate) struct Scene {
    pub(crate) name: &'static str,
    pub(crate) standing: Standing,
    /// What the honest device asks for, one after the other.
    pub(crate) acts: Vec<Action>,
    /// What the hostile device asks for.
    pub(crate) attacks: Vec<Action>,
    pub(crate) intruder: Intruder,
    pub(crate) answers: Answers,
    pub(crate) left: Left,
    /// What must be seen to happen, so that the scene shows something.
    pub(crate) shows: Vec<&'static str>,
}

impl Scene {
    /// The proofs that the scene is about.
    pub(crate) fn proofs(&self) -> Proofs {
        let asked = self.acts.iter().chain(&self.attacks);
        asked.fold(Proofs::NONE, |sum, action| {
            match policy::required(self.standing, *action) {
                Answer::Prove(proofs, _) => sum.or(proofs),
                _ => sum,
            }
        })
    }
}

const SYNCED: Standing = Standing {
    connection: Connection::Linked,
    sync: Sync::On,
    second_factor: SecondFactor::Off,
    profile: Profile::Standard,
};

pub(crate) const CLEAR_HERE: Action = Action::ClearVault {
    scope: ClearScope::ThisDevice,
};
pub(crate) const CLEAR_EVERYWHERE: Action = Action::ClearVault {
    scope: ClearScope::Everywhere,
};
pub(crate) const SHORTEN_UNDO: Action = Action::Weaken {
    what: Weakening::ShortenUndoWindow,
    parameters: Hash([3; 32]),
};

/// The honest device replaces the cloud; the hostile one, which reads every
/// mail, asks for the same and tries whatever code there is.
pub(crate) fn two_devices() -> Scene {
    Scene {
        name: "two devices, a racing write",
        standing: SYNCED,
        acts: vec![Action::ReplaceCloud],
        attacks: vec![CLEAR_EVERYWHERE],
        intruder: Intruder::Reads,
        answers: Answers::AtOnceOrLost,
        left: Left {
            typing: 1,
            crashes: 1,
            syncs: 1,
            attacks: 1,
            ..Left::default()
        },
        shows: vec!["executed", "stale", "done", "two effects"],
    }
}

/// One act takes another's place while its proofs are under way.
pub(crate) fn superseded() -> Scene {
    Scene {
        name: "superseded, cancelled",
        standing: SYNCED,
        acts: vec![CLEAR_HERE, CLEAR_EVERYWHERE],
        attacks: vec![],
        intruder: Intruder::Reads,
        answers: Answers::AtOnceOrLost,
        left: Left {
            typing: 1,
            cancels: 1,
            crashes: 1,
            ..Left::default()
        },
        shows: vec!["executed", "superseded", "cancelled", "done"],
    }
}

/// Answers come late, twice, and in another order.
pub(crate) fn late_answers() -> Scene {
    Scene {
        name: "answers late and twice",
        standing: SYNCED,
        acts: vec![CLEAR_EVERYWHERE],
        attacks: vec![],
        intruder: Intruder::Reads,
        answers: Answers::Kept,
        left: Left {
            typing: 2,
            cancels: 1,
            syncs: 1,
            ..Left::default()
        },
        shows: vec!["executed", "stale", "cancelled", "done"],
    }
}

/// Codes age, are sent again, get lost; the operation ages too.
pub(crate) fn time() -> Scene {
    Scene {
        name: "time, codes sent again",
        standing: SYNCED,
        acts: vec![CLEAR_EVERYWHERE],
        attacks: vec![],
        intruder: Intruder::Reads,
        answers: Answers::AtOnceOrLost,
        left: Left {
            typing: 1,
            resends: 1,
            lost_mails: 1,
            waits: vec![600, 1200],
            ..Left::default()
        },
        shows: vec![
            "executed",
            "expired",
            "done",
            "a code expired",
            "code no. 2",
        ],
    }
}

/// A hostile device with a session guesses, in parallel, at its own operation.
pub(crate) fn guesses() -> Scene {
    Scene {
        name: "parallel guesses",
        standing: SYNCED,
        acts: vec![],
        attacks: vec![CLEAR_EVERYWHERE],
        intruder: Intruder::Guesses,
        answers: Answers::AtOnceOrLost,
        left: Left {
            attacks: 6,
            resends: 1,
            crashes: 1,
            waits: vec![60],
            ..Left::default()
        },
        shows: vec!["burnt"],
    }
}

/// The same, with nothing else going on.
pub(crate) fn nothing_but_guesses() -> Scene {
    Scene {
        left: Left {
            attacks: 6,
            ..Left::default()
        },
        ..guesses()
    }
}

/// Sync off and a second factor: password first, then the text message.
pub(crate) fn passwords() -> Scene {
    Scene {
        name: "password, then text message",
        standing: Standing {
            sync: Sync::Off,
            second_factor: SecondFactor::On,
            ..SYNCED
        },
        acts: vec![CLEAR_HERE],
        attacks: vec![],
        intruder: Intruder::Reads,
        answers: Answers::AtOnceOrLost,
        left: Left {
            typing: 3,
            crashes: 1,
            ..Left::default()
        },
        shows: vec!["executed", "done", "a proof was asked for next"],
    }
}

/// A protection goes, with code and password; meanwhile a factor is enrolled.
pub(crate) fn weakened() -> Scene {
    Scene {
        name: "a weakening, a factor meanwhile",
        standing: SYNCED,
        acts: vec![SHORTEN_UNDO],
        attacks: vec![],
        intruder: Intruder::Reads,
        answers: Answers::AtOnceOrLost,
        left: Left {
            typing: 2,
            factors: 1,
            crashes: 1,
            ..Left::default()
        },
        shows: vec!["executed", "stale", "done", "a proof was asked for next"],
    }
}

/// The service lies: forged, replayed and premature receipts, false progress,
/// heads that nobody confirmed.
pub(crate) fn hostile_service() -> Scene {
    Scene {
        name: "a service that turns hostile",
        standing: SYNCED,
        acts: vec![Action::ReplaceCloud],
        attacks: vec![],
        intruder: Intruder::Reads,
        answers: Answers::AtOnceOrLost,
        left: Left {
            typing: 1,
            lies: 2,
            ..Left::default()
        },
        shows: vec!["executed", "done", "lied to", "another device follows"],
    }
}

/// An account without a password of its own.
pub(crate) fn not_linked() -> Scene {
    Scene {
        name: "an account that is not linked",
        standing: Standing {
            connection: Connection::ThirdParty,
            ..SYNCED
        },
        acts: vec![CLEAR_EVERYWHERE, Action::ReplaceCloud],
        attacks: vec![CLEAR_EVERYWHERE, SHORTEN_UNDO],
        intruder: Intruder::Reads,
        answers: Answers::AtOnceOrLost,
        left: Left {
            typing: 1,
            attacks: 2,
            syncs: 1,
            ..Left::default()
        },
        shows: vec!["refused"],
    }
}

/// All of them.
pub(crate) fn all() -> Vec<Scene> {
    vec![
        two_devices(),
        superseded(),
        late_answers(),
        time(),
        guesses(),
        passwords(),
        weakened(),
        hostile_service(),
        not_linked(),
    ]
}
