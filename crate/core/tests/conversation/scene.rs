//! How a scene begins, and how to see that nothing happened.

use sigill_core::confirmation::action::Action;
use sigill_core::wire::Bytes;
use sigill_core::wire::operation::{Ask, Confirm};

use super::device::{ASKER, Device, code_of, request};
use super::service::Service;

/// An operation that waits for its code, and the code.
pub(crate) fn asked(action: Action) -> (Service, Device, String) {
    let mut service = Service::new();
    let mut device = Device::new(&service, action, 1);
    device.asks(&mut service);
    let code = service.mailed_code();
    (service, device, code)
}

pub(crate) fn confirm(service: &Service, code: &str) -> Confirm {
    Confirm {
        digest: service.last().digest,
        head_tag: None,
        voucher: None,
        proofs: code_of(code),
    }
}

pub(crate) fn ask(action: Action, service: &Service) -> Ask {
    let (request, brings) = request(action, service.cloud, 1);
    let (new_head, new_slots) = match brings {
        sigill_core::confirmation::journal::Brings::Nothing => (None, None),
        sigill_core::confirmation::journal::Brings::Vault(vault) => (
            Some(Bytes(vault.head)),
            Some(vault.slots.into_iter().map(Bytes).collect()),
        ),
    };
    Ask {
        digest: request.digest(ASKER.account, ASKER.device),
        request,
        new_head,
        new_slots,
    }
}

pub(crate) fn nothing_happened(service: &Service, device: &Device) {
    assert_eq!((service.effects, device.applied), (0, 0));
    assert_eq!(device.content, Some("the device's"));
    assert_eq!(service.content.as_deref(), Some("the cloud's"));
}
