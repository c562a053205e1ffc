//! `/v1/openapi.json`, from the handlers themselves.

use axum::Json as Reply;
use utoipa::OpenApi;

use super::{accounts, factors, files, operations, sign_ins, stop, timeline, vault};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Sigill account service",
        description = "Every request under /v1 carries a DPoP proof (RFC 9449) by ES256 with the claims htm, htu, jti, iat, \
                       nonce and bh = base64url(SHA-256(body)); signed in, also ath and `Authorization: DPoP <access token>`."
    ),
    paths(
        accounts::create,
        accounts::verify,
        accounts::resend,
        accounts::begin,
        accounts::refresh,
        accounts::end,
        accounts::show,
        accounts::sign_device_out,
        accounts::lift,
        accounts::alarms,
        accounts::veto,
        accounts::keep,
        accounts::undo_connecting,
        stop::by_device,
        stop::still_mine,
        vault::show,
        vault::changes,
        vault::push,
        vault::epoch_nonce,
        vault::begin_epoch,
        vault::begin_upload,
        vault::moved,
        vault::add_to_upload,
        vault::generations,
        files::list,
        files::claim,
        files::add,
        files::read,
        files::release,
        operations::create,
        operations::show,
        operations::code,
        operations::text,
        operations::confirm,
        operations::cancel,
        operations::acknowledge,
        timeline::show,
        timeline::open,
        sign_ins::providers,
        sign_ins::begin,
        sign_ins::progress,
        sign_ins::hint,
        factors::list,
        factors::enrol,
        factors::try_it,
        factors::stage,
    )
)]
struct Document;

pub(crate) async fn document() -> Reply<utoipa::openapi::OpenApi> {
    Reply(Document::openapi())
}
