//! Names, headers, bodies, footers and their variables.

use super::{drafts::*, *};

pub fn rows() -> Vec<Row> {
    let fine = || texts("Your order is ready.", &[]);
    let long = |count| "x".repeat(count);
    vec![
        row(change(|d| d.name.clear()), (Missing, "name", ""), fine()),
        row(
            change(|d| d.language.clear()),
            (Missing, "language", ""),
            fine(),
        ),
        row(
            change(|d| d.category.clear()),
            (Missing, "category", ""),
            fine(),
        ),
        row(draft(json!([])), (Missing, "body", ""), fine()),
        row(
            change(|d| d.name = "order Ready".into()),
            (NameCharacters, "name", " "),
            change(|d| d.name = "order_2".into()),
        ),
        row(
            change(|d| d.name = "größe".into()),
            (NameCharacters, "name", "ö"),
            change(|d| d.name = "groesse".into()),
        ),
        row(
            change(|d| d.category = "NEWS".into()),
            (CategoryUnknown, "category", "NEWS"),
            change(|d| d.category = "UTILITY".into()),
        ),
        row(
            change(|d| d.name = long(513)),
            (TooLong, "name", "x"),
            change(|d| d.name = long(512)),
        ),
        row(
            texts(&long(1_025), &[]),
            (TooLong, "body", "x"),
            texts(&long(1_024), &[]),
        ),
        row(
            header(&long(61)),
            (TooLong, "header", "x"),
            header(&long(60)),
        ),
        row(
            footer(&long(61)),
            (TooLong, "footer", "x"),
            footer(&long(60)),
        ),
        row(
            buttons(json!([reply(&long(26))])),
            (TooLong, "button:0", "x"),
            buttons(json!([reply(&long(25))])),
        ),
        row(
            buttons(json!([link(
                "Open",
                &format!("https://a.example/{}", long(1_983))
            )])),
            (TooLong, "button:0:url", "x"),
            buttons(json!([link(
                "Open",
                &format!("https://a.example/{}", long(1_982))
            )])),
        ),
        row(
            buttons(json!([call("123456789012345678901")])),
            (TooLong, "button:0:phone_number", "1"),
            buttons(json!([call("12345678901234567890")])),
        ),
        row(
            buttons(json!([code(&long(21))])),
            (TooLong, "button:0:code", "x"),
            buttons(json!([code(&long(20))])),
        ),
        row(
            draft(
                json!([body(&long(601)), {"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": "Today"}}, offer_buttons()]),
            ),
            (TooLong, "body", "x"),
            draft(
                json!([body(&long(600)), {"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": "Today"}}, offer_buttons()]),
            ),
        ),
        row(texts("  ", &[]), (Empty, "body", ""), fine()),
        row(footer(""), (Empty, "footer", ""), footer("Bye")),
        row(
            buttons(json!([reply("")])),
            (Empty, "button:0", ""),
            buttons(json!([code("C5")])),
        ),
        row(with(body("Twice.")), (PartTwice, "body", ""), fine()),
        row(
            with(json!({"type": "HOLOGRAM"})),
            (UnknownPart, "hologram", ""),
            fine(),
        ),
        row(
            buttons(json!([{"type": "WINK"}])),
            (UnknownPart, "button:0", ""),
            buttons(json!([{"type": "VOICE_CALL", "text": "Call"}])),
        ),
        row(
            texts("Hello {{1, it is ready.", &["x"]),
            (Braces, "body", "{{"),
            texts("Hello {{1}}, it is ready.", &["x"]),
        ),
        row(
            texts("Hello 1}}, it is ready.", &["x"]),
            (Braces, "body", "}}"),
            fine(),
        ),
        row(
            texts("Hello {1}, it is ready.", &["x"]),
            (Braces, "body", "{"),
            fine(),
        ),
        row(
            texts("Hello {{first name}}, it is ready.", &["x"]),
            (VariableName, "body", "{{first name}}"),
            named("Hello {{first_name}}, it is ready.", &["first_name"]),
        ),
        row(
            texts("Hello {{0}}, it is ready.", &["x"]),
            (VariableName, "body", "{{0}}"),
            texts("Hello {{1}}, it is ready.", &["x"]),
        ),
        row(
            named("Hello {{Name}}, it is ready.", &["Name"]),
            (VariableName, "body", "{{Name}}"),
            named("Hello {{name}}, it is ready.", &["name"]),
        ),
        row(
            texts("Hello {{$1}}, it is ready.", &["x"]),
            (VariableForbiddenCharacter, "body", "{{$1}}"),
            texts("It costs ${{1}} in all for you.", &["x"]),
        ),
        row(
            texts("Hello {{name}}, it is ready.", &["x"]),
            (VariableMixed, "body", "{{name}}"),
            named("Hello {{name}}, it is ready.", &["name"]),
        ),
        row(
            named("Hello {{1}}, it is ready.", &["1"]),
            (VariableMixed, "body", "{{1}}"),
            texts("Hello {{1}}, it is ready.", &["x"]),
        ),
        row(
            texts(
                "Hello {{1}}, it is ready and costs {{3}} today.",
                &["x", "y", "z"],
            ),
            (VariableGap, "body", "{{3}}"),
            texts(
                "It costs {{2}} and is ready for you, {{1}}, today.",
                &["x", "y"],
            ),
        ),
        row(
            texts(" {{1}}, it is ready now.", &["x"]),
            (VariableAtStart, "body", "{{1}}"),
            texts("🧁 {{1}}, it is ready now.", &["x"]),
        ),
        row(
            texts("It is ready now, {{1}}\n", &["x"]),
            (VariableAtEnd, "body", "{{1}}"),
            texts("It is ready now, {{1}}.", &["x"]),
        ),
        row(
            texts("Hello {{1}} {{2}}, it is ready for you.", &["x", "y"]),
            (VariablesAdjacent, "body", "{{1}} {{2}}"),
            texts("Hello {{1}}, {{2}} is ready for you.", &["x", "y"]),
        ),
        row(
            texts("Hi {{1}}, {{2}} is ready.", &["x", "y"]),
            (TooManyVariables, "body", "Hi {{1}}, {{2}} is ready."),
            texts("Hi {{1}}, {{2}} is ready for you.", &["x", "y"]),
        ),
        row(
            texts("漢{{1}}字", &["x"]),
            (TooManyVariables, "body", "漢{{1}}字"),
            texts("漢字{{1}}字", &["x"]),
        ),
        row(
            header("{{1}} and {{2}}"),
            (HeaderVariables, "header", ""),
            header("{{1}} and more"),
        ),
        row(
            footer("Bye {{1}}"),
            (VariableNotAllowed, "footer", "{{1}}"),
            footer("Bye"),
        ),
        row(
            buttons(json!([reply("Yes {{1}}")])),
            (VariableNotAllowed, "button:0", "{{1}}"),
            buttons(json!([reply("Yes")])),
        ),
        row(
            texts("Größe {{1}} 🧁 ist bald wieder da, {{2}}!", &["x"]),
            (SampleMissing, "body", "{{2}}"),
            texts("Größe {{1}} 🧁 ist bald wieder da, {{2}}!", &["x", "y"]),
        ),
        row(
            with(json!({"type": "HEADER", "format": "IMAGE"})),
            (SampleMissing, "header", ""),
            with(json!({"type": "HEADER", "format": "LOCATION"})),
        ),
        row(
            buttons(json!([{"type": "URL", "text": "Open", "url": "https://a.example/{{1}}"}])),
            (SampleMissing, "button:0:url", "{{1}}"),
            buttons(json!([link("Open", "https://a.example/{{1}}")])),
        ),
        row(
            buttons(json!([{"type": "COPY_CODE"}])),
            (SampleMissing, "button:0:code", ""),
            buttons(json!([code("C5")])),
        ),
        row(
            with(json!({"type": "HEADER", "format": "GIF"})),
            (HeaderKind, "header", ""),
            header("Hello"),
        ),
        row(
            header("One\ntwo"),
            (LineBreak, "header", "\n"),
            texts("One\ntwo", &[]),
        ),
        row(
            footer("One\ntwo"),
            (LineBreak, "footer", "\n"),
            footer("One two"),
        ),
        row(
            header("*Now*"),
            (Formatting, "header", "*"),
            header("{{1}} now"),
        ),
    ]
}
