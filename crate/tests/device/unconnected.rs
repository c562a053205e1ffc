//! Whose vault it is decides what an act takes; one that can’t be read is never nobody’s.

use std::rc::Rc;

use sigill::api::VaultState;
use sigill::trouble::Trouble;
use sigill_core::wire::problem::Code;

use crate::rig::{Fault, Person, Profile, ROOT, World, code_of, new_vault};

/// A vault of an account, and beside it, sealed, one that never belonged to any.
async fn beside_an_unprotected_one(world: &Rc<World>) -> Profile {
    let profile = world.profile();
    let session = profile.session();
    session.create_vault(new_vault("Before")).await.unwrap();
    session.clear_unconnected("before").await.unwrap();
    session.join(world).await;
    session
        .create_vault(new_vault("Of the account"))
        .await
        .unwrap();
    session.sync_now().await.unwrap();
    profile
}

#[tokio::test]
async fn a_store_that_can_not_be_read_does_not_make_an_accounts_vault_nobodys() {
    let world = World::begin().await;
    let profile = beside_an_unprotected_one(&world).await;
    let before = profile.rows();
    for read in 0.. {
        let session = profile.session();
        profile.fault(Fault::UnreadAt(read));
        let refused = session.restore_unconnected(ROOT.into()).await.unwrap_err();
        let was_read = profile.reads() <= read;
        profile.fault(Fault::None);
        assert_eq!(profile.rows(), before, "read {read}");
        if was_read {
            assert_eq!(code_of(refused), Code::NotOffered);
            assert!(read > 3, "{read}");
            break;
        }
        assert_eq!(refused, Trouble::StorageFailed, "read {read}");
    }
}

#[tokio::test]
async fn a_damaged_vault_is_displaced_without_proofs_only_where_no_account_is_signed_in() {
    let world = World::begin().await;
    let profile = beside_an_unprotected_one(&world).await;
    let link = |key: &String, _: &mut Vec<u8>| !key.ends_with("/link");
    profile.0.rows.borrow_mut().retain(link);
    let before = profile.rows();
    let session = profile.session();
    let refused = session.restore_unconnected(ROOT.into()).await.unwrap_err();
    assert_eq!(code_of(refused), Code::NotOffered);
    assert_eq!(profile.rows(), before);

    session.sign_out().await.unwrap();
    let status = session.restore_unconnected(ROOT.into()).await.unwrap();
    assert!(
        matches!(&status.vault, VaultState::Locked { name, .. } if name == "Before"),
        "{:?}",
        status.vault
    );
}
