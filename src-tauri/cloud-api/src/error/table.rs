//! The rows. Source: Meta, "Error codes" (Cloud API), and the pages of the features the codes belong to.

use std::ops::RangeInclusive;

use super::{
    Action::{
        self, AskForPhone, CheckIdentity, CloseWindow, FixFile, FixRequest, NoMarketingForNow,
        RecipientUnreachable, RecordOptOut, RestartList, Retry, RetryLater, RetryLaterForRecipient,
        SetUp, ShowPlaceholder, SignIn, StopEverything, Tell, TemplateProblem, Unblock,
    },
    ErrorRule,
};

/// The customer wants no such messages any more, and said so while this one waited. A code of ours; Meta's are positive.
pub const OPTED_OUT: i64 = -1;
/// The consent that a template rests on went while it waited.
pub const OPT_IN_MISSING: i64 = -2;

pub(super) const fn rule(
    codes: RangeInclusive<i64>,
    action: Action,
    name: &'static str,
) -> ErrorRule {
    ErrorRule {
        codes,
        action,
        name,
        stops_campaign: false,
    }
}

pub(super) const fn stop(
    codes: RangeInclusive<i64>,
    action: Action,
    name: &'static str,
) -> ErrorRule {
    ErrorRule {
        codes,
        action,
        name,
        stops_campaign: true,
    }
}

/// In ascending order, without overlaps.
pub const RULES: &[ErrorRule] = &[
    // Ours, for what never reached Meta.
    rule(OPT_IN_MISSING..=OPT_IN_MISSING, Tell, "opt_in_missing"),
    rule(OPTED_OUT..=OPTED_OUT, Tell, "opted_out"),
    stop(0..=0, SignIn, "token_invalid"),
    rule(1..=1, FixRequest, "request_unknown"),
    rule(2..=2, Retry, "service_unavailable"),
    stop(3..=3, SignIn, "permission_missing"),
    rule(4..=4, RetryLater, "app_call_limit"),
    stop(10..=10, SignIn, "permission_missing"),
    // General Graph: too many calls by this user.
    rule(17..=17, RetryLater, "user_call_limit"),
    stop(33..=33, StopEverything, "number_gone"),
    rule(100..=100, FixRequest, "parameter_invalid"),
    stop(190..=190, SignIn, "token_expired"),
    stop(200..=299, SignIn, "permission_missing"),
    stop(368..=368, StopEverything, "account_restricted"),
    rule(80_007..=80_007, RetryLater, "account_call_limit"),
    rule(130_403..=130_403, Unblock, "recipient_blocked_by_us"),
    rule(130_429..=130_429, RetryLater, "throughput_reached"),
    rule(
        130_472..=130_472,
        NoMarketingForNow,
        "recipient_in_experiment",
    ),
    // Ends a campaign for that country; which country it is only the caller knows.
    rule(
        130_497..=130_497,
        RecipientUnreachable,
        "country_not_allowed",
    ),
    rule(130_501..=130_501, FixRequest, "type_not_for_groups"),
    rule(131_000..=131_000, Retry, "something_went_wrong"),
    stop(131_005..=131_005, SignIn, "permission_missing"),
    rule(131_008..=131_008, FixRequest, "parameter_missing"),
    rule(131_009..=131_009, FixRequest, "parameter_value_invalid"),
    rule(131_016..=131_016, Retry, "service_unavailable"),
    rule(131_021..=131_021, FixRequest, "recipient_is_sender"),
    rule(131_026..=131_026, RecipientUnreachable, "undeliverable"),
    stop(131_031..=131_031, StopEverything, "account_locked"),
    stop(
        131_037..=131_037,
        StopEverything,
        "display_name_not_approved",
    ),
    stop(131_042..=131_042, StopEverything, "payment_problem"),
    stop(
        131_045..=131_045,
        StopEverything,
        "number_not_registered_properly",
    ),
    rule(131_047..=131_047, CloseWindow, "window_closed"),
    stop(131_048..=131_048, StopEverything, "spam_rate_limit"),
    rule(
        131_049..=131_049,
        NoMarketingForNow,
        "meta_chose_not_to_deliver",
    ),
    rule(
        131_050..=131_050,
        RecordOptOut,
        "recipient_stopped_marketing",
    ),
    rule(131_051..=131_051, ShowPlaceholder, "type_unsupported"),
    rule(131_052..=131_052, ShowPlaceholder, "media_not_fetched"),
    rule(131_053..=131_053, FixFile, "media_refused"),
    rule(131_055..=131_055, FixRequest, "method_not_allowed"),
    rule(131_056..=131_056, RetryLaterForRecipient, "pair_limit"),
    rule(131_057..=131_057, Retry, "number_in_maintenance"),
    rule(131_059..=131_059, RestartList, "cursor_invalid"),
    rule(131_060..=131_060, ShowPlaceholder, "message_not_available"),
    rule(131_062..=131_062, AskForPhone, "phone_number_needed"),
    stop(131_063..=131_063, TemplateProblem, "marketing_switched_off"),
    stop(
        131_064..=131_064,
        StopEverything,
        "template_misclassification",
    ),
    rule(
        132_000..=132_000,
        TemplateProblem,
        "template_parameter_count",
    ),
    rule(132_001..=132_001, TemplateProblem, "template_missing"),
    rule(132_005..=132_005, TemplateProblem, "template_too_long"),
    rule(
        132_007..=132_007,
        TemplateProblem,
        "template_text_violates_policy",
    ),
    rule(
        132_012..=132_012,
        TemplateProblem,
        "template_parameter_format",
    ),
    stop(132_015..=132_015, TemplateProblem, "template_paused"),
    stop(132_016..=132_016, TemplateProblem, "template_disabled"),
    rule(
        132_018..=132_018,
        TemplateProblem,
        "template_parameter_invalid",
    ),
    rule(
        132_021..=132_021,
        TemplateProblem,
        "direct_send_name_conflict",
    ),
    rule(132_068..=132_068, TemplateProblem, "flow_blocked"),
    rule(132_069..=132_069, TemplateProblem, "flow_throttled"),
    rule(133_000..=133_000, SetUp, "deregistration_incomplete"),
    rule(133_004..=133_004, Retry, "service_unavailable"),
    rule(133_005..=133_005, SetUp, "pin_wrong"),
    rule(133_006..=133_006, SetUp, "number_not_verified"),
    rule(133_008..=133_008, SetUp, "pin_tried_too_often"),
    rule(133_009..=133_009, SetUp, "pin_entered_too_fast"),
    stop(133_010..=133_010, SetUp, "number_not_registered"),
    rule(133_015..=133_015, SetUp, "number_deleted_recently"),
    rule(133_016..=133_016, SetUp, "registered_too_often"),
    stop(134_011..=134_011, StopEverything, "payments_terms"),
    rule(134_100..=134_100, TemplateProblem, "template_not_marketing"),
    rule(134_101..=134_101, TemplateProblem, "template_syncing"),
    rule(134_102..=134_102, TemplateProblem, "template_unavailable"),
    rule(135_000..=135_000, FixRequest, "parameter_trouble"),
    rule(137_000..=137_000, CheckIdentity, "identity_changed"),
    rule(138_000..=138_999, Tell, "calling"),
    rule(139_100..=139_100, Tell, "block_list_partly_done"),
    rule(139_101..=139_101, Tell, "block_list_full"),
    rule(139_102..=139_102, Retry, "block_list_changed_meanwhile"),
    rule(139_103..=139_103, Retry, "block_list_fault"),
    stop(139_200..=139_200, StopEverything, "direct_send_blocked"),
    rule(141_002..=141_002, TemplateProblem, "template_not_approved"),
    rule(147_001..=147_005, Tell, "business_username"),
    rule(
        2_388_019..=2_388_019,
        TemplateProblem,
        "template_limit_reached",
    ),
    rule(
        2_388_039..=2_388_039,
        TemplateProblem,
        "template_status_fixed",
    ),
    rule(
        2_388_040..=2_388_040,
        TemplateProblem,
        "template_text_too_long",
    ),
    rule(
        2_388_047..=2_388_047,
        TemplateProblem,
        "template_header_invalid",
    ),
    rule(
        2_388_072..=2_388_072,
        TemplateProblem,
        "template_body_invalid",
    ),
    rule(
        2_388_073..=2_388_073,
        TemplateProblem,
        "template_footer_invalid",
    ),
    rule(
        2_388_293..=2_388_293,
        TemplateProblem,
        "template_too_many_variables",
    ),
    rule(
        2_388_299..=2_388_299,
        TemplateProblem,
        "template_variable_at_edge",
    ),
    rule(2_494_100..=2_494_100, Retry, "number_in_maintenance"),
    rule(2_593_107..=2_593_107, Tell, "history_sync_used_up"),
    rule(2_593_108..=2_593_108, Tell, "history_sync_too_late"),
    rule(2_593_109..=2_593_109, Tell, "history_sync_refused"),
];
