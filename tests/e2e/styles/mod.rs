//! The window is drawn by the WebKit of the system: what it does not know of our style sheets is not there.

use std::{fs, path::Path};

use serde_json::json;

use crate::{
    Outcome,
    desk::Setup,
    journey::{journey, no_window_wanted},
};

const PROBE: &str = include_str!("probe.js");

/// What the scripts rely on and no older engine has.
const SCRIPTS: &str = "const wanted = {
    dialog: () => typeof HTMLDialogElement.prototype.showModal === 'function',
    segmenter: () => [...new Intl.Segmenter('de', { granularity: 'grapheme' }).segment('👩‍🚒é')].length === 2,
    lists: () => new Intl.ListFormat('de', { type: 'unit' }).format(['a', 'b']).length > 2,
    names: () => new Intl.DisplayNames('de', { type: 'language' }).of('pt-BR').includes('Portugiesisch'),
    maximize: () => new Intl.Locale('de').maximize().region === 'DE',
    sets: () => new RegExp('^\\\\p{RGI_Emoji}$', 'v').test('👩‍🚒'),
    sorted: () => [2, 1].toSorted()[0] === 1,
    resize: () => typeof ResizeObserver === 'function',
    audio: () => typeof OfflineAudioContext === 'function',
    clipboard: () => typeof navigator.clipboard?.writeText === 'function',
    commands: () => document.queryCommandSupported('insertText'),
};
return Object.entries(wanted).filter(([, works]) => {
    try { return !works(); } catch { return true; }
}).map(([name]) => name);";

#[tokio::test]
async fn webkit_knows_everything_that_styles_and_scripts_rely_on() -> Outcome {
    if no_window_wanted() {
        return Ok(());
    }
    journey("styles", Setup::default(), async |_, window| {
        window.one("choose-practice").await?;
        let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/dist/assets");
        let mut sheets = 0;
        for file in fs::read_dir(assets)? {
            let file = file?.path();
            if file.extension().is_some_and(|ending| ending == "css") {
                sheets += 1;
                let unknown = window
                    .run_with(PROBE, &[json!(fs::read_to_string(&file)?)])
                    .await?;
                assert_eq!(unknown, json!([]), "{}", file.display());
            }
        }
        assert!(sheets > 0, "no style sheet was built");
        assert_eq!(window.run(SCRIPTS).await?, json!([]));
        Ok(())
    })
    .await
}
