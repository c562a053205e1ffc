//! Files of items: claimed, sent chunk by chunk, read, released, and when they go.

use sigill_core::id::{FileId, FilesKeyId, VaultId};
use sigill_core::vault::file::{CHUNK, Cut, SEAL};
use sigill_core::vault::item::FileRef;
use sigill_core::wire::Bytes;
use sigill_core::wire::file::{FileChunks, FileClaim, FileStand, Files};
use sigill_core::wire::problem::{Code, Problem, Quota};

use crate::device::{Answer, TestDevice};
use crate::rig::TestService;
use crate::vaults::{TestVault, asked, cloud, confirm, confirmation, random};

on_each_database! {
    a_file_goes_up_in_any_order_and_comes_down_byte_for_byte,
    what_is_there_already_is_not_asked_for_again_and_never_changes,
    chunks_that_do_not_fit_are_refused_and_change_nothing,
    a_file_of_another_account_is_not_there,
    a_device_whose_sync_is_off_neither_reads_nor_writes,
    over_the_quota_the_answer_has_the_sizes,
    a_released_file_stays_for_thirty_days_and_comes_back_by_a_claim,
    what_never_became_whole_goes_after_a_day,
    files_of_an_epoch_that_never_came_go_after_a_day,
    files_go_with_the_last_generation_of_their_epoch,
    with_the_account_its_files_lie_sealed_for_thirty_days_and_go,
}

const DAY: u64 = 24 * 60 * 60;

/// A file as a device would seal it; the service opens nothing.
struct TestFile {
    claim: FileClaim,
    chunks: Vec<Bytes>,
}

impl TestFile {
    fn of(vault: VaultId, size: usize) -> Self {
        let claim = FileClaim {
            file: FileId(random()),
            files_key: FilesKeyId(random()),
            vault,
            epoch: 1,
            size: u64::try_from(size).unwrap(),
        };
        let cut = Cut::of(claim.size).unwrap();
        let chunk = |index| {
            let length = cut.length(index).unwrap() + SEAL;
            let fill = u8::try_from(index % 200).unwrap();
            Bytes(vec![fill; length])
        };
        let chunks = (0..cut.chunks()).map(chunk).collect();
        Self { claim, chunks }
    }

    fn path(&self) -> String {
        format!("/v1/files/{}", self.claim.file)
    }

    fn under(&self) -> String {
        format!("{}?files_key={}", self.path(), self.claim.files_key)
    }

    async fn claim(&self, device: &TestDevice) -> Answer {
        device.post("/v1/files", &self.claim).await
    }

    async fn missing(&self, device: &TestDevice) -> Vec<u32> {
        let stand: FileStand = self.claim(device).await.expect(200).json();
        stand.missing
    }

    async fn send(&self, device: &TestDevice, from: usize, count: usize) -> Answer {
        let part = FileChunks {
            files_key: self.claim.files_key,
            from: u32::try_from(from).unwrap(),
            chunks: self.chunks[from..from + count].to_vec(),
        };
        device.put(&self.path(), &part).await
    }

    async fn upload(&self, device: &TestDevice) {
        self.missing(device).await;
        for from in (0..self.chunks.len()).step_by(16) {
            let count = (self.chunks.len() - from).min(16);
            self.send(device, from, count).await.expect(204);
        }
    }

    async fn chunks_from(&self, device: &TestDevice, from: usize) -> Answer {
        device.get(&format!("{}&from={from}", self.under())).await
    }

    async fn is_there(&self, device: &TestDevice) -> bool {
        self.chunks_from(device, 0).await.status == 200
    }
}

/// A device with a vault in the cloud, and a file of that vault.
async fn with_a_file(service: &TestService, size: usize) -> (TestDevice, TestVault, TestFile) {
    let device = service.signed_in("asa@example.com").await;
    let mut vault = TestVault::new();
    vault.create(&device, 1).await;
    let file = TestFile::of(vault.id, size);
    file.upload(&device).await;
    (device, vault, file)
}

/// Time passes, longer than a session lives, and what has had its time goes.
async fn later(service: &TestService, device: &mut TestDevice, seconds: u64) {
    service.pass(seconds);
    service.tidy().await;
    device.sign_in("asa@example.com", "Laptop").await;
}

async fn listed(device: &TestDevice, vault: VaultId) -> Files {
    let path = format!("/v1/files?vault={vault}&epoch=1");
    device.get(&path).await.expect(200).json()
}

async fn a_file_goes_up_in_any_order_and_comes_down_byte_for_byte(service: TestService) {
    let device = service.signed_in("asa@example.com").await;
    let file = TestFile::of(VaultId(random()), 20 * CHUNK + 1);
    let all: Vec<u32> = (0..21).collect();
    assert_eq!(file.missing(&device).await, all);
    file.send(&device, 5, 16).await.expect(204);
    assert_eq!(file.missing(&device).await, [0, 1, 2, 3, 4]);
    assert_eq!(listed(&device, file.claim.vault).await.files[0].missing, 5);
    file.send(&device, 0, 5).await.expect(204);
    assert!(file.missing(&device).await.is_empty());
    let mut came: Vec<Bytes> = Vec::new();
    for from in [0, 16] {
        let part: FileChunks = file.chunks_from(&device, from).await.expect(200).json();
        came.extend(part.chunks);
    }
    assert_eq!(came, file.chunks);
    assert_eq!(
        file.chunks_from(&device, 21).await.refused(),
        Code::NotFound
    );
    let shown = listed(&device, file.claim.vault).await;
    assert_eq!((shown.used, shown.limit), (file.claim.size, 1 << 30));
}

async fn what_is_there_already_is_not_asked_for_again_and_never_changes(service: TestService) {
    let (device, _, mut file) = with_a_file(&service, CHUNK + 9).await;
    file.send(&device, 0, 2).await.expect(204);
    assert!(file.missing(&device).await.is_empty());
    let stored = service
        .number("select cast(sum(stored) as bigint) from files")
        .await;
    assert_eq!(stored, 2, "the same again counts once");
    let before = file.chunks.clone();
    file.chunks[1].0[3] ^= 1;
    let refused = file.send(&device, 0, 2).await;
    assert_eq!(refused.refused(), Code::FileDiffers);
    let part: FileChunks = file.chunks_from(&device, 0).await.expect(200).json();
    assert_eq!(part.chunks, before);
    file.claim.size += 1;
    assert_eq!(file.claim(&device).await.refused(), Code::FileDiffers);
}

async fn chunks_that_do_not_fit_are_refused_and_change_nothing(service: TestService) {
    let device = service.signed_in("asa@example.com").await;
    let mut file = TestFile::of(VaultId(random()), 17 * CHUNK);
    let unclaimed = file.send(&device, 0, 1).await;
    assert_eq!(unclaimed.refused(), Code::NotFound);
    file.claim(&device).await.expect(200);
    assert_eq!(file.send(&device, 0, 17).await.refused(), Code::TooLarge);
    file.chunks[1].0.pop();
    assert_eq!(
        file.send(&device, 0, 2).await.refused(),
        Code::MalformedVault
    );
    file.chunks.push(file.chunks[0].clone());
    assert_eq!(
        file.send(&device, 16, 2).await.refused(),
        Code::MalformedVault
    );
    assert_eq!(file.missing(&device).await.len(), 17);
    file.claim.file = FileId(random());
    file.claim.size = FileRef::MOST + 1;
    assert_eq!(file.claim(&device).await.refused(), Code::TooLarge);
}

async fn a_file_of_another_account_is_not_there(service: TestService) {
    let (_, vault, file) = with_a_file(&service, 9).await;
    let stranger = service.signed_in("bo@example.com").await;
    assert_eq!(
        file.chunks_from(&stranger, 0).await.refused(),
        Code::NotFound
    );
    assert_eq!(file.send(&stranger, 0, 1).await.refused(), Code::NotFound);
    let released = stranger.delete(&file.under()).await;
    assert_eq!(released.refused(), Code::NotFound);
    assert!(listed(&stranger, vault.id).await.files.is_empty());
    // Whoever claims the same name has a file of their own.
    assert_eq!(file.missing(&stranger).await, [0]);
}

async fn a_device_whose_sync_is_off_neither_reads_nor_writes(service: TestService) {
    let (device, vault, file) = with_a_file(&service, 9).await;
    service.sql("update devices set sync = 'off'").await;
    let list = format!("/v1/files?vault={}&epoch=1", vault.id);
    for answer in [
        file.claim(&device).await,
        file.send(&device, 0, 1).await,
        file.chunks_from(&device, 0).await,
        device.delete(&file.under()).await,
        device.get(&list).await,
    ] {
        assert_eq!(answer.refused(), Code::SyncIsOff);
    }
}

async fn over_the_quota_the_answer_has_the_sizes(service: TestService) {
    let device = service.signed_in("asa@example.com").await;
    let vault = VaultId(random());
    let large = || TestFile::of(vault, 10 << 20);
    let first = large();
    first.claim(&device).await.expect(200);
    for _ in 1..102 {
        large().claim(&device).await.expect(200);
    }
    let refused = large().claim(&device).await;
    let problem: Problem = refused.json();
    assert_eq!(refused.refused(), Code::QuotaExceeded);
    let quota = Quota {
        used: 1020 << 20,
        wanted: 10 << 20,
        limit: 1024 << 20,
    };
    assert_eq!(problem.quota, Some(quota));
    TestFile::of(vault, 4 << 20)
        .claim(&device)
        .await
        .expect(200);
    let tiny = TestFile::of(vault, 0).claim(&device).await;
    assert_eq!(tiny.refused(), Code::QuotaExceeded, "none is free");
    // What was let go comes back only where there is room again.
    device.delete(&first.under()).await.expect(204);
    large().claim(&device).await.expect(200);
    let again = first.claim(&device).await;
    assert_eq!(again.refused(), Code::QuotaExceeded);
    // The next epoch has as much.
    let mut next = large();
    next.claim.epoch = 2;
    next.claim(&device).await.expect(200);
}

async fn a_released_file_stays_for_thirty_days_and_comes_back_by_a_claim(service: TestService) {
    let (mut device, vault, file) = with_a_file(&service, 9).await;
    device.delete(&file.under()).await.expect(204);
    let shown = listed(&device, vault.id).await;
    assert_eq!(shown.files[0].until, Some(service.now() + 30 * DAY));
    assert_eq!(shown.used, 0);
    later(&service, &mut device, 29 * DAY).await;
    device.delete(&file.under()).await.expect(204);
    assert!(file.is_there(&device).await);
    assert!(file.missing(&device).await.is_empty());
    later(&service, &mut device, 2 * DAY).await;
    assert!(file.is_there(&device).await, "it was claimed again");
    device.delete(&file.under()).await.expect(204);
    later(&service, &mut device, 30 * DAY).await;
    assert!(!file.is_there(&device).await);
    assert_eq!(service.number("select count(*) from chunks").await, 0);
}

async fn what_never_became_whole_goes_after_a_day(service: TestService) {
    let (mut device, vault, whole) = with_a_file(&service, 9).await;
    let half = TestFile::of(vault.id, CHUNK + 1);
    half.claim(&device).await.expect(200);
    half.send(&device, 0, 1).await.expect(204);
    later(&service, &mut device, DAY - 1).await;
    assert!(half.is_there(&device).await);
    later(&service, &mut device, 1).await;
    assert!(!half.is_there(&device).await);
    assert!(whole.is_there(&device).await);
    // A device that comes back with the rest is asked for all of it.
    assert_eq!(half.missing(&device).await, [0, 1]);
}

async fn files_of_an_epoch_that_never_came_go_after_a_day(service: TestService) {
    let (mut device, vault, file) = with_a_file(&service, 9).await;
    let mut next = TestFile::of(vault.id, 9);
    next.claim.epoch = 2;
    next.upload(&device).await;
    later(&service, &mut device, DAY).await;
    assert!(!next.is_there(&device).await);
    assert!(file.is_there(&device).await);
}

async fn files_go_with_the_last_generation_of_their_epoch(service: TestService) {
    let email = "asa@example.com";
    let (mut device, vault, file) = with_a_file(&service, 9).await;
    let ask = vault.clear_everywhere(&device);
    let operation = asked(&device, &ask).await;
    let code = service.code(email).await;
    confirm(&device, &operation, &confirmation(&ask, &code))
        .await
        .expect(200);
    later(&service, &mut device, 29 * DAY).await;
    assert!(file.is_there(&device).await, "it can be brought back");
    later(&service, &mut device, DAY + 1).await;
    assert!(!file.is_there(&device).await);
    assert_eq!(cloud(&device).await.vault, None);
    assert_eq!(service.number("select count(*) from chunks").await, 0);
}

async fn with_the_account_its_files_lie_sealed_for_thirty_days_and_go(service: TestService) {
    let (device, _, file) = with_a_file(&service, 9).await;
    service.sql("update accounts set delete_at = 1").await;
    service.tidy().await;
    assert_eq!(file.chunks_from(&device, 0).await.status, 401);
    service.pass(29 * DAY);
    service.tidy().await;
    assert_eq!(service.number("select count(*) from chunks").await, 1);
    service.pass(DAY + 1);
    service.tidy().await;
    assert_eq!(service.number("select count(*) from chunks").await, 0);
    assert_eq!(service.number("select count(*) from files").await, 0);
}
