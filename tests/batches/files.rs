//! A picture that goes to many: it is the batch's own, whatever becomes of anybody, for as long as it is needed.

use super::http::{begun, each_once, open_with, recipients, until};
use super::*;
use std::collections::BTreeSet;
use support::shop::Shop;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82";

fn components() -> serde_json::Value {
    let mut all = vec![json!({
        "type": "HEADER", "format": "IMAGE", "example": { "header_handle": ["4::practice"] }
    })];
    all.extend(offer().components.as_array().unwrap().iter().cloned());
    json!(all)
}

fn with_picture(file: &str) -> TemplateChoice {
    let mut choice = choice("{{first_name}}");
    choice.values.push(SlotValue {
        key: "header:media".into(),
        text: file.to_owned(),
    });
    choice
}

/// How many files batches keep.
fn kept(counter: &Counter) -> i64 {
    let sql = "SELECT count(*) FROM attachment WHERE batch_id <> ''";
    let found = counter
        .desk
        .store
        .read(|db| Ok(db.query_row(sql, [], |row| row.get(0))?));
    found.unwrap()
}

fn attach(counter: &Counter) -> String {
    let desk = &counter.desk;
    let file = desk.attach_for_batch(number_id(counter), "image", "brot.png", "", PNG.to_vec());
    let file = file.unwrap();
    assert_eq!(file.refused, None);
    file.id
}

#[test]
fn it_stays_while_the_batch_is_not_over_whoever_is_erased_and_however_long_it_pauses() {
    let counter = Counter::open(NINE);
    let picture = ListedTemplate {
        components: components(),
        ..offer()
    };
    let desk = &counter.desk;
    desk.take_template_list(vec![picture], None).unwrap();
    for n in 0..4 {
        customer(&counter, n);
    }
    let file = attach(&counter);
    for n in 0..4 {
        let thread = counter.thread(NUMBER, &who(n)).unwrap();
        assert_eq!(desk.thread_head(thread).unwrap().attachments, []);
    }
    let mut go = go(&counter);
    go.plan.choice = with_picture(&file);
    go.going = desk.batch_preflight(&go.plan).unwrap().going;
    let BatchStart::Started { batch_id } = desk.start_batch(&go, STAFF).unwrap() else {
        panic!("not started");
    };
    let mut went = one(&counter, accepted);
    desk.pause_batch(&batch_id).unwrap();
    went.extend(answered(&counter, accepted));

    let first = counter.thread(NUMBER, &phone(&went[0])).unwrap();
    let first = desk.store.read(|db| store::thread::get(db, first));
    desk.erase(first.unwrap().unwrap().customer_id, "asked us to")
        .unwrap();
    counter.set(NINE + 9 * DAY);
    attach(&counter);
    assert_eq!(desk.attachment(&file).unwrap(), None, "of the draft");
    assert_eq!(kept(&counter), 1);

    desk.resume_batch(&batch_id).unwrap();
    went.extend(all(&counter));
    let met: BTreeSet<&String> = went.iter().collect();
    assert_eq!((met.len(), went.len()), (4, 4), "{went:?}");
    let done = row(&counter, &batch_id);
    assert_eq!((done.state, done.failed), (BatchState::Done, 0));

    attach(&counter);
    assert_eq!(kept(&counter), 0, "it is over");
    let sent = people(&counter, &batch_id, BatchFilter::Sent);
    let outbox_id = sent.last().unwrap().outbox_id.clone().unwrap();
    let its_own = desk
        .store
        .read(|db| store::attachment::of_outbox(db, &outbox_id));
    let bytes = desk.attachment(&its_own.unwrap().unwrap().id).unwrap();
    assert_eq!(bytes.as_deref(), Some(PNG), "what went out keeps its own");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_goes_up_once_for_everybody() {
    let shop: Shop = open_with(components()).await;
    let own = shop.desk.number().phone_number_id;
    let number_id = shop.desk.store.read(|db| store::number::find(db, &own));
    let file = shop
        .desk
        .attach_for_batch(
            number_id.unwrap().unwrap(),
            "image",
            "brot.png",
            "",
            PNG.to_vec(),
        )
        .unwrap();
    let batch_id = begun(&shop, with_picture(&file.id));
    until(&shop, &batch_id, BatchState::Done).await;
    each_once(&shop);
    let pictures: BTreeSet<String> = shop
        .control
        .accepted(None)
        .iter()
        .map(|one| {
            let id = one
                .body
                .pointer("/template/components/0/parameters/0/image/id");
            id.and_then(|id| id.as_str()).expect("a picture").to_owned()
        })
        .collect();
    assert_eq!(pictures.len(), 1, "{} got it", recipients(&shop).len());
}
