// Made by emit_api from the descriptions in src/api; do not edit.
// Ids are opaque texts, instants ISO 8601 in UTC.

export type JsonValue =
  null | boolean | number | string | JsonValue[] | { [name: string]: JsonValue };

export interface Page<T> {
  /** The items, in the list's order. */
  items: T[];
  /** The cursor of the next page; null after the last. */
  next: string | null;
}

export interface AddFormInput {
  /** What voters see above it. */
  name: string;
  /** Who is asked; nobody of its hold-out. */
  list: string;
  /** What is asked, as it is now. */
  script: string;
  /** Until when it can be filled in. */
  expires_at: string;
}

export interface AddPersonInput {
  /** Their name. */
  name: string;
  /** What they sign in with. */
  email: string;
  /** What they may do; callers come by a join link. */
  role: "administrator" | "data_director" | "phonebank_lead" | "caller" | "analyst";
  /** At least 10 characters. Without one they need a sign-in link. */
  password?: string | null;
}

export interface AddPhonebankInput {
  /** What people call it. */
  name: string;
  /** Whom it calls. */
  list: string;
  /** The arm of the list that it calls; left out: the first. */
  arm?: string;
  /** Whether it follows the list's segment: who leaves drops out within a second, who joins is
    added. */
  follows?: boolean;
  /** What is said. */
  script: string;
  /** Least time between two attempts. */
  retry_minutes?: number;
  /** How long a number is lent. */
  lease_seconds?: number;
  /** Attempts on a line that does not answer. */
  attempts_max?: number;
  /** First minute of the voter's day. */
  opens?: string;
  /** The minute after the last; 24:00 ends the day. */
  closes?: string;
  /** Whose calling rules it keeps; the campaign's if left out, none if empty. */
  country?: string | null;
  /** Also the narrower hours of its states; as the campaign chose if left out. */
  state_hours?: boolean | null;
  /** Whose consent a number needs; as the country's rules say if left out. */
  consent?: ConsentNeed | null;
  /** Who comes first: the first step decides, among equals the next. */
  priorities?: PriorityStepInput[];
}

export interface AddScriptInput {
  /** What people call it. */
  name: string;
  /** What is said first. */
  introduction?: string;
  /** What is said last. */
  closing?: string;
  /** In their order. */
  questions?: QuestionInput[];
  /** Of the words above. */
  language?: string;
  /** The same in other languages. */
  translations?: Translation[];
}

export interface AddSuppressionInput {
  /** A telephone number. */
  number?: string | null;
  /** A voter. */
  voter?: string | null;
  /** do_not_call, wrong_number, disconnected, deceased, moved or already_voted. */
  reason: string;
  /** Where this comes from. */
  source: string;
}

export interface AllSegmentNumbers {
  /** The saved segments, oldest first. */
  items: SegmentNumbers[];
  /** What voters were asked. */
  questions: QuestionName[];
  /** Numbers below it are hidden from this role; 0: none. */
  hidden_below: number;
}

export interface AlreadyVotedFile {
  /** Lines that hold something, without the header. */
  lines: number;
  /** Lines whose ballot was not accepted, where the file says so. */
  left_out: number;
  /** Different ids. */
  ids: number;
  /** Voters who were not known to have voted. */
  added: number;
  /** Voters who were. */
  before: number;
  /** Ids that no voter has. */
  unknown: number;
  /** The first of them. */
  unknown_first: string[];
}

export interface AnswerColumn {
  /** A column of the file. */
  column: string;
  /** The key of the question that it was read as; empty: it was not read. */
  question: string;
}

export interface AnswerImport {
  /** This file was imported before, read in the same way: nothing is added. */
  repeat: boolean;
  /** Its rows. */
  rows: number;
  /** Voters who answered something. */
  voters: number;
  /** New answers. */
  answers: number;
  /** Answers that a file gave before: they stay as old as they are. */
  same: number;
  /** Rows and cells that were not taken. */
  rejected: number;
  /** The first 500 of them. */
  rejects: AnswerReject[];
  /** The file's columns. */
  columns: AnswerColumn[];
}

export interface AnswerInput {
  /** The question. */
  question: string;
  /** The choice's number, from 1. */
  choice?: number | null;
  /** Free words; a number; or numbers of choices, ascending, by blanks ("1 3"). */
  text?: string | null;
  /** The voter would not say. */
  declined?: boolean;
}

export interface AnswerReject {
  /** The row's line in the file. */
  line: number;
  /** The column at fault. */
  column: string;
  /** Why it was not taken. */
  reason: string;
}

export interface AnswersOfSegmentInput {
  /** A saved segment, or: */
  segment?: string | null;
  /** a rule as JSON; {} is everybody. */
  rule?: JsonValue | null;
  /** A question's key. */
  question: string;
}

export interface ArmSpent {
  /** The arm. */
  arm: string;
  /** What contacting it has cost. */
  spent_cents: number;
  /** For each vote or supporter more; null: no effect yet. */
  each: CostPerEffect | null;
}

export interface BalanceRow {
  /** What was known of voters before. */
  name: string;
  /** Compared with the control group. */
  arm: string;
  /** The control group's mean. */
  control: number;
  /** The arm's mean. */
  treated: number;
  /** In standard deviations. */
  difference: number;
}

export interface Bars {
  /** Leases whose number must not be called any more, of all callers. */
  leases: string[];
}

export interface BatchAnswerInput {
  /** The voter's id; or */
  voter?: string | null;
  /** the id of the voter file; or */
  external_id?: string | null;
  /** a number that this voter alone has. */
  phone?: string | null;
  /** The question's key, such as "support". */
  question: string;
  /** The choice's number, from 1. */
  choice?: number | null;
  /** Free words; a number; or numbers of choices, ascending, by blanks ("1 3"). */
  text?: string | null;
  /** The voter would not say. */
  declined?: boolean;
  /** When it was answered; none: now. */
  at?: string | null;
}

export interface BeginExperimentInput {
  /** What people call it. */
  name: string;
  /** What it is to find out. */
  hypothesis: string;
  /** The list whose arms are compared. */
  list: string;
  /** The arm that the others are compared with: "holdout", or another. */
  control: string;
  /** The control group is contacted about something else. */
  is_placebo?: boolean;
  /** What it is judged by, the primary one first. What is registered later is marked so. */
  outcomes: ExperimentOutcome[];
  /** After so many answers the always-valid band is to be narrowest; none: after a quarter of all
    voters of the list. */
  planned_units?: number | null;
  /** What contacting costs. */
  cost_cents?: number | null;
  /** A uuid: the same again gives the first answer. */
  key?: string | null;
}

export interface Board {
  /** Whether others see the one who asks. */
  shown: boolean;
  /** Most conversations first. */
  entries: BoardEntry[];
}

export interface BoardEntry {
  /** The caller's. */
  name: string;
  /** Of the last 24 hours. */
  conversations: number;
  /** It is the one who asks. */
  own: boolean;
}

export interface Branch {
  /** The choice from 1; 0 for declined; left out for every other answer. */
  choice?: number | null;
  /** The key of a question, or end. */
  to: string;
}

export type CallEnd = "no_answer" | "busy" | "bad_number" | "declined" | "failed" | "cancelled" |
    "finished";

export interface CallNow {
  /** The caller's newest call. */
  call: LiveCall | null;
}

export type CallState = "asked" | "ringing" | "answered" | "ended";

export type CallbackBy = "me" | "anyone";

export interface Caller {
  /** The caller. */
  id: string;
  /** Their name. */
  name: string;
  /** When they first asked for a number. */
  joined_at: string;
  /** Their last sign of life. */
  last_seen_at: string;
  /** away: has left, or gave no sign of life for a minute. */
  state: Presence;
  /** Calls handed in. */
  calls: number;
  /** Calls on which somebody spoke. */
  conversations: number;
}

export interface CallerPhonebank {
  /** The phone bank. */
  id: string;
  /** What people call it. */
  name: string;
  /** open, paused or closed. */
  state: PhonebankState;
  /** First minute of the voter's day: 09:00. */
  opens: string;
  /** The minute after the last: 21:00. */
  closes: string;
}

export interface CallerQuality {
  /** The caller. */
  person: string;
  /** Their name. */
  name: string;
  /** Calls handed in. */
  calls: number;
  /** Calls on which somebody spoke. */
  conversations: number;
  /** From the number's showing to the result. */
  median_seconds: number;
  /** Nobody reached within 15 seconds: it hardly rang. */
  hasty: number;
  /** Calls on which nobody spoke. */
  unspoken: number;
  /** Calls that barred the number. */
  barring: number;
  /** Results that came after the number had gone back. */
  late: number;
  /** Results that were changed or taken back. */
  changed: number;
}

export interface CallerStart {
  /** The caller's name. */
  name: string;
  /** What the caller calls for. */
  phonebank: CallerPhonebank;
  /** What is said. */
  script: Script;
  /** What the caller has done here. */
  own: OwnCalls;
  /** The number held now, after a reload. */
  lease: Lease | null;
  /** What a call may come to. */
  dispositions: DispositionInfo[];
  /** The caller: names their topic dial:<id>. */
  person: string;
  /** Who makes the calls: the caller's own phone, or a simulator that calls nobody. */
  dialling: DialDriver;
}

export interface CallingRuleBook {
  /** Those that the program knows, by name. */
  countries: CallingRules[];
  /** The campaign's country; null: not chosen yet. */
  chosen: string | null;
  /** Also the narrower hours of its states. */
  state_hours: boolean;
  /** Since when. */
  chosen_at: string | null;
}

export interface CallingRules {
  /** The country: us. */
  code: string;
  /** Its name. */
  name: string;
  /** What a new phone bank starts with. */
  opens: string;
  /** What a new phone bank starts with. */
  closes: string;
  /** Whose consent preview dialling needs. */
  consent: ConsentNeed;
  /** What no phone bank can leave, Monday first. */
  hours: DayHours[];
  /** Where it stands. */
  hours_source: string;
  /** States whose hours are narrower. */
  states: StateHours[];
  /** Ways to dial. */
  modes: ModeRule[];
  /** What else people must know. */
  notes: RuleNote[];
}

export interface CallsAt {
  /** Where it begins. */
  at: string;
  /** Calls handed in. */
  calls: number;
  /** Calls on which somebody spoke. */
  conversations: number;
}

export interface CancelImportInput {
  /** The import. */
  id: string;
}

export interface CancelMatchRunInput {
  /** The run. */
  id: string;
}

export interface CellSums {
  /** Where. */
  market: string;
  /** For what. */
  channel: string;
  /** When. */
  week: number;
  /** Promised. */
  committed_cents: number;
  /** Asked for. */
  invoiced_cents: number;
  /** Gone. */
  paid_cents: number;
  /** What counts under limits. */
  booked_cents: number;
}

export interface ChangePersonInput {
  /** The person. */
  id: string;
  /** The new role. */
  role?: "administrator" | "data_director" | "phonebank_lead" | "caller" | "analyst" | null;
  /** Whether they are kept from signing in. */
  disabled?: boolean | null;
  /** The new password. */
  password?: string | null;
}

export interface ChangeResultInput {
  /** A UUID that the page makes for each change: sent again, it is made once. */
  key: string;
  /** The key of the stored result. */
  of: string;
  /** Those whose result is another; none: nothing came of the call. */
  voters?: VoterResultInput[];
  /** When to call back; with callback only. */
  callback_at?: string | null;
  /** Who calls back; anyone if left out. */
  callback_by?: CallbackBy | null;
}

export interface ChangedResult {
  /** It was changed so before. */
  repeat: boolean;
}

export interface Channel {
  /** Its code. */
  name: string;
  /** As people call it. */
  title: string;
  /** media or contact. */
  kind: string;
  /** A buy is nothing or this much. */
  minimum_cents: number;
  /** Points of the two-party share that a week of all the money there is moves; null: nobody has
    said. */
  effect_points: number | null;
  /** Its standard error. */
  error_points: number | null;
  /** Its form. */
  curve: string | null;
  /** What a week leaves of it. */
  decay: number | null;
  /** Weeks in which half of the contacts are forgotten; 0: at once. */
  half_life_weeks: number | null;
  /** Where it is from. */
  source: string | null;
  /** Own experiments that went into it. */
  measures: number;
  /** How many prices there are. */
  rates: number;
}

export interface ChoiceCount {
  /** The choice's words. */
  text: string;
  /** How often it was given here. */
  count: number;
}

export interface ChoiceEstimate {
  /** Its number, from 1. */
  choice: number;
  /** What it says. */
  text: string;
  /** Voters who chose it. */
  count: number;
  /** Its share of those who answered. */
  raw: ShareEstimate;
  /** Its share once weighted; null: there are no weights. */
  weighted: ShareEstimate | null;
  /** The variance over that of a simple random sample. */
  design_effect: number | null;
}

export interface ChoiceShare {
  /** Its number, from 1. */
  choice: number;
  /** Its words. */
  text: string;
  /** Voters whose newest answer it is. */
  count: number;
  /** Of those who answered; 0 for n = 0. */
  share: number;
  /** Lower end of the 95 % interval (Wilson). */
  low: number;
  /** Upper end. */
  high: number;
}

export interface ChooseCallingRulesInput {
  /** The country's code. */
  country: string;
  /** Also the narrower hours of its states. */
  state_hours?: boolean;
}

export interface Claim {
  /** The next number; the same one if one is held. */
  lease: Lease | null;
  /** Or why there is none. */
  nothing: NothingReady | null;
}

export interface CloseFormInput {
  /** The form. */
  id: string;
}

export interface ColumnMapping {
  /** What the column becomes: last_name; behind a colon what is taken of its text
    (last_name:before_comma) or the form of its dates (birth_date:MM/DD/YYYY); score.NAME for a
    score of any name; source; state. */
  target: string;
  /** The column's name in the file; "=text" gives all rows that text; empty: none. */
  column: string;
}

export interface CommitMoneyInput {
  /** Where. */
  market: string;
  /** For what. */
  channel: string;
  /** From 1. */
  week: number;
  /** How much. */
  cents: number;
  /** Whom it goes to. */
  vendor?: string;
  /** By which invoices and payments find it. */
  order?: string;
  /** As a report names it. */
  purpose?: string;
  /** Such as 2026-10-05. */
  day: string;
  /** A uuid: the same again gives the first answer. */
  key: string;
}

export interface Commitment {
  /** The commitment. */
  id: string;
  /** Where. */
  market: string;
  /** For what. */
  channel: string;
  /** When the money works, from 1. */
  week: number;
  /** Whom it goes to. */
  vendor: string;
  /** By which invoices and payments find it. */
  order: string;
  /** As a report names it. */
  purpose: string;
  /** The plan whose line it was. */
  plan: string | null;
  /** Promised. */
  committed_cents: number;
  /** Asked for. */
  invoiced_cents: number;
  /** Gone. */
  paid_cents: number;
  /** The largest of the three: what counts under limits. */
  booked_cents: number;
  /** Who booked it. */
  made_by: string;
  /** When. */
  made_at: string;
}

export interface Committee {
  /** Of the committee that files. */
  id?: string;
  /** The candidate's id. */
  candidate?: string;
  /** The candidate's. */
  last_name?: string;
  /** The candidate's. */
  first_name?: string;
  /** P, S or H. */
  office?: string;
  /** Two letters. */
  state?: string;
  /** Two digits. */
  district?: string;
  /** Such as G2026. */
  election?: string;
  /** Money is against the candidate. */
  opposes?: boolean;
}

export interface CompareListsInput {
  /** The newer list. */
  id: string;
  /** The older list. */
  older: string;
  /** Of the page before. */
  cursor?: string | null;
  /** How many voters to name. */
  limit?: number;
}

export interface ComparePlansInput {
  /** The plan. */
  id: string;
  /** The one to compare with. */
  older: string;
}

export interface CompareSegmentsInput {
  /** A saved segment, or: */
  a?: string | null;
  /** a rule as JSON. */
  a_rule?: JsonValue | null;
  /** Another saved segment, or: */
  b?: string | null;
  /** a rule as JSON; {} is everybody. */
  b_rule?: JsonValue | null;
  /** As of a portrait. */
  breakdowns?: string[];
  /** As of a portrait. */
  scores?: string[];
}

export interface Consent {
  /** What for. */
  purpose: ConsentPurpose;
  /** By what. */
  channel: ConsentChannel;
  /** given or withdrawn. */
  state: ConsentState;
  /** How the campaign knows. */
  source: string;
  /** Where the proof is. */
  evidence: string | null;
  /** Who recorded it. */
  actor: string;
  /** When it was said. */
  at: string;
  /** When it was recorded. */
  recorded_at: string;
  /** The newest word on this purpose and channel: what is obeyed. */
  counts: boolean;
}

export type ConsentChannel = "phone" | "automated_phone" | "text" | "email" | "mail" | "door";

export type ConsentNeed = "none" | "mobile" | "all";

export type ConsentPurpose = "campaign" | "fundraising" | "volunteering" | "research";

export type ConsentState = "given" | "withdrawn";

export interface Consents {
  /** Every word on consent, newest first. */
  items: Consent[];
}

export interface Contest {
  /** What it is called. */
  name: string;
  /** Contests of a region share an error. */
  region: string;
  /** Electoral votes or seats. */
  weight: number;
  /** Our two-party share last time. */
  previous: number | null;
  /** Expected. */
  votes: number;
  /** How many there are. */
  polls: number;
  /** When the newest ended. */
  last_poll: string | null;
  /** Our two-party share now; null: nothing is known of it. */
  share: number | null;
  /** Its standard error, of the tracker. */
  share_error: number | null;
}

export interface CorrectVoterInput {
  /** The voter. */
  id: string;
  /** What is to be put right. */
  fields: CorrectedField[];
}

export interface CorrectedField {
  /** The field, as in the list of fields. */
  name: string;
  /** What it is; null: it is not known. */
  value?: string | null;
}

export interface Correction {
  /** The correction. */
  id: string;
  /** The values by field; null: unknown. */
  fields: JsonValue;
  /** Who made it: person:3. */
  actor: string;
  /** Who made it, for people. */
  actor_name: string;
  /** When. */
  at: string;
  /** Since when the records' values count again; null: it holds. */
  ended_at: string | null;
}

export interface CorrectionEnded {
  /** The correction. */
  id: string;
}

export interface Corrections {
  /** The newest first, ended ones too. */
  items: Correction[];
}

export interface CorrelatedContests {
  /** One of two contests. */
  contest: string;
  /** The other. */
  other: string;
  /** Of their own errors. */
  correlation: number;
}

export interface Correlations {
  /** Of contests whose own errors are correlated. */
  pairs: number;
  /** What was repaired in what was imported; or empty. */
  note: string;
  /** The pairs furthest from zero. */
  strongest: CorrelatedContests[];
  /** Row by row, contests by name; empty without pairs, or of many contests. */
  matrix: number[];
  /** What the settings say already of two contests of a region: the correlation of their whole
    errors by what they share. */
  within_region: number;
  /** The same, of two regions. */
  between_regions: number;
}

export interface CostPerEffect {
  /** Votes or supporters that contacting brought. */
  gained: number;
  /** Cents for each; null: the effect is not above 0. */
  cents: number | null;
  /** Where its 95 % interval begins. */
  lower_cents: number | null;
  /** Where it ends; null: it is open. */
  upper_cents: number | null;
}

export interface CountSegmentInput {
  /** The rule as JSON; {} is everybody. */
  rule: JsonValue;
  /** A category, such as "county". */
  group_by?: string | null;
}

export interface CreateSegmentInput {
  /** What people call it; no other segment has this name. */
  name: string;
  /** The rule as JSON; {} is everybody. */
  rule: JsonValue;
}

export interface DayHours {
  /** The first minute: 09:00. */
  opens: string;
  /** The minute after the last; as opens: no calls. */
  closes: string;
}

export interface DecideMatchInput {
  /** The pair. */
  id: string;
  /** same, different, later, or open: look at it again. */
  decision: string;
}

export interface DecidePlanInput {
  /** The plan. */
  id: string;
  /** Numbers of lines; empty: all that are proposed. */
  lines?: number[];
  /** They become commitments; or nobody wants them. */
  approve: boolean;
}

export interface DecidedLines {
  /** How many were decided. */
  lines: number;
  /** Their money. */
  cents: number;
}

export interface Decision {
  /** The decision. */
  id: string;
  /** The one identity. */
  one: string;
  /** The other. */
  other: string;
  /** same or different. */
  kind: string;
  /** Who said so: person:3. */
  actor: string;
  /** Who said so, for people. */
  actor_name: string;
  /** When. */
  at: string;
  /** Since when a later decision says otherwise. */
  ended_at: string | null;
  /** Who ended it. */
  ended_by_name: string | null;
}

export type DialDriver = "manual" | "simulator";

export interface DialInput {
  /** The lease. */
  lease: string;
  /** Its epoch. */
  epoch: number;
}

export interface Dialled {
  /** For the caller's own phone: tel:+19195550123. */
  link: string | null;
  /** The call, if the program makes it. */
  call: LiveCall | null;
}

export type DiallingMode = "preview" | "progressive" | "predictive" | "recorded";

export type Disposition = "reached" | "no_answer" | "busy" | "left_message" | "wrong_number" |
    "disconnected" | "refused" | "do_not_call" | "deceased" | "moved" | "language" | "callback" |
    "voted_already" | "not_home";

export interface DispositionCount {
  /** What came of it. */
  disposition: Disposition;
  /** Of how many attempts. */
  count: number;
}

export interface DispositionInfo {
  /** What results and the API call it. */
  key: string;
  /** The campaign's words; null: pages name it. */
  title: string | null;
  /** The built-in one whose effects it has. */
  base: Disposition;
  /** Its result code in VAN. */
  van_code: number | null;
  /** The campaign's own. */
  own: boolean;
  /** Callers may choose it. */
  offered: boolean;
  /** The voter is not called again on this phone bank. */
  ends: boolean;
  /** The number is barred, everywhere, at once. */
  bars_number: boolean;
  /** The voter is barred, everywhere, at once. */
  bars_voter: boolean;
  /** It counts as a conversation. */
  spoken: boolean;
}

export interface DownloadRejectedRowsInput {
  /** The import. */
  id: string;
}

export interface DownloadRejectsInput {
  /** The import. */
  id: string;
}

export interface DownloadScheduleInput {
  /** In which form. */
  schedule: FecSchedule;
  /** First day; empty: from the beginning. */
  from?: string;
  /** Last day; empty: to the end. */
  to?: string;
}

export interface EarlierAttempt {
  /** When the call ended. */
  at: string;
  /** What came of it. */
  disposition: Disposition;
  /** What the caller noted. */
  note: string;
  /** It was another number of theirs, not the one that is shown now. */
  other_number: boolean;
}

export interface EditSegmentInput {
  /** The segment. */
  id: string;
  /** A new name; left out: as it is. */
  name?: string | null;
  /** A new rule; left out: as it is. */
  rule?: JsonValue | null;
  /** The version that was edited: refused if there is a newer one. */
  version?: number | null;
}

export type EffectMethod = "difference" | "covariates" | "cuped" | "contact" | "placebo";

export interface EffectTrack {
  /** Compared with the control group. */
  arm: string;
  /** The effect as answers came in, oldest first. */
  points: TrackPoint[];
  /** When the always-valid band first left 0 out. */
  known_at_units: number | null;
  /** The moment of that. */
  known_at: string | null;
  /** Answers still needed, should the effect stay as it is. */
  more_units: number | null;
}

export interface EffectWish {
  /** A channel. */
  channel: string;
  /** Its effect so many times as large. */
  factor: number;
}

export type Empty = Record<string, never>;

export interface EndCorrectionInput {
  /** The correction. */
  id: string;
}

export interface EndSuppressionInput {
  /** The suppression. */
  id: string;
}

export interface EnterMoneyInput {
  /** The commitment. */
  id: string;
  /** invoice, payment or release. */
  kind: EntryKind;
  /** Negative for a release or a refund. */
  cents: number;
  /** Such as 2026-10-05. */
  day: string;
  /** The invoice's or cheque's number. */
  reference?: string;
  /** A uuid: the same again gives the first answer. */
  key: string;
}

export type EntryKind = "commitment" | "invoice" | "payment" | "release";

export interface ErasePersonInput {
  /** The voter. */
  id: string;
  /** person_asked, law, minor or mistake: words that name nobody. */
  reason: string;
}

export interface ErasedTable {
  /** Where rows of the person are. */
  table: string;
  /** How many. */
  rows: number;
}

export interface Erasure {
  /** The voter. */
  voter: string;
  /** Ids by which files call the person; each gets a tombstone. */
  identities: number;
  /** Rows of files, as received. */
  raw_rows: number;
  /** Rows by table. */
  tables: ErasedTable[];
}

export interface Experiment {
  /** The experiment. */
  id: string;
  /** What people call it. */
  name: string;
  /** What it is to find out. */
  hypothesis: string;
  /** The list whose arms are compared. */
  list: string;
  /** That list's name. */
  list_name: string;
  /** The list's arms, the hold-out first. */
  arms: string[];
  /** The arm that the others are compared with. */
  control: string;
  /** The control group is contacted about something else. */
  is_placebo: boolean;
  /** What was drawn into an arm as one. */
  unit: ExperimentUnit;
  /** running: contacts go on and the hold-out is locked; measuring: contacts are over. */
  state: ExperimentState;
  /** So many answers after which the always-valid band is narrowest. */
  planned_units: number;
  /** What contacting has cost so far. */
  cost_cents: number | null;
  /** The channel of the spending ledger that the cost is the booked money of. */
  cost_channel: string | null;
  /** Of that, from this week of the plan on. */
  cost_from_week: number | null;
  /** To this week. */
  cost_to_week: number | null;
  /** Of arms whose cost was noted apart; the others share cost_cents by their voters. */
  arm_costs: ExperimentArmCost[];
  /** When it began. */
  started_at: string;
  /** When contacts were over. */
  measuring_at: string | null;
  /** When it ended. */
  ended_at: string | null;
  /** What it is judged by, as registered. */
  outcomes: RegisteredOutcome[];
}

export interface ExperimentArm {
  /** The arm. */
  name: string;
  /** The others are compared with it. */
  is_control: boolean;
  /** Voters in it. */
  assigned: number;
  /** What was drawn as one: households, say. */
  clusters: number;
  /** Called by a phone bank, reached or not. */
  tried: number;
  /** Spoken with by the list's phone banks. */
  contacted: number;
  /** Whose outcome is known. */
  answered: number;
  /** Of the outcome. */
  mean: Figure | null;
}

export interface ExperimentArmCost {
  /** The arm. */
  arm: string;
  /** What it has cost; of a channel what is booked now. */
  cost_cents: number | null;
  /** The channel of the spending ledger. */
  channel: string | null;
  /** Of that, from this week of the plan on. */
  from_week: number | null;
  /** To this week. */
  to_week: number | null;
}

export interface ExperimentEffect {
  /** Compared with the control group. */
  arm: string;
  /** difference: as assigned; covariates: adjusted; cuped; contact: of being reached; placebo: the
    reached of both groups. */
  method: EffectMethod;
  /** What it changed, with its 95 % interval. */
  effect: Figure;
  /** Voters in the comparison. */
  n: number;
  /** How the error was found: hc2, cr1 or cr2. */
  errors: string;
  /** Contact: the share that assignment reached. */
  reached: number | null;
  /** CUPED: the share of the outcome's variance that was known before. */
  variance_explained: number | null;
}

export interface ExperimentOutcome {
  /** Where the outcome comes from. */
  kind: OutcomeKind;
  /** A question's key, a disposition, an election as rules name it, or support, turnout or
    persuadability. */
  key: string;
  /** Answers that count as 1, the others as 0; none: the choice's number (scales). */
  choices?: number[];
  /** Only what is answered once contacts are over: where the control group is not contacted, only
    that can be compared. */
  after_contacts?: boolean;
}

export interface ExperimentPlan {
  /** In all arms together, to see the effect with the wished power. */
  needed_voters: number | null;
  /** The smallest effect that the given voters show. */
  detectable_effect: number | null;
  /** The chance that the given voters show the effect. */
  power: number | null;
}

export interface ExperimentReport {
  /** What was registered. */
  experiment: Experiment;
  /** Which outcome the numbers are of. */
  outcome: number;
  /** What is wrong, or cannot be said yet. */
  sentences: string[];
  /** The control group first. */
  arms: ExperimentArm[];
  /** What each arm changed, the plain difference first. */
  effects: ExperimentEffect[];
  /** The effect as answers came in, by arm. */
  tracks: EffectTrack[];
  /** What each arm cost, and each vote or supporter more. */
  costs: ArmSpent[];
  /** Whether the arms were alike before. */
  balance: BalanceRow[];
  /** Of all that together; small is bad. */
  balance_p: number | null;
  /** Effects by groups of voters. */
  groups: GroupEffect[];
  /** Whether they differ between groups. */
  group_tests: GroupTest[];
  /** Voters of the locked hold-out who were called. */
  leaked: number;
  /** The feed position of the numbers. */
  position: number;
  /** Milliseconds since it was certain that nothing newer was there. */
  age_ms: number;
}

export type ExperimentState = "running" | "measuring" | "ended";

export type ExperimentUnit = "voter" | "household" | "cluster";

export interface ExplainCallableInput {
  /** A saved segment, or: */
  segment?: string | null;
  /** a rule as JSON; {} is everybody. */
  rule?: JsonValue | null;
}

export interface ExportSegmentInput {
  /** The segment. */
  id: string;
}

export interface ExportSuppressionsInput {
  /** do_not_call, wrong_number or disconnected. */
  reason?: string;
}

export type FecSchedule = "schedule_b" | "schedule_e";

export interface Field {
  /** As a rule names it. */
  name: string;
  /** As people call it. */
  title: string;
  /** Its definition; empty where it is plain. */
  sentence: string;
  /** What kind of values it has. */
  kind: "category" | "number" | "flag" | "elections" | "answers" | "time" | "contacts" |
    "consents" | "lists" | "segments";
  /** What a rule may say of it. */
  operators: string[];
  /** The values there are, most voters first; of lists and segments their ids; null for numbers,
    flags, times and contacts. */
  values: FieldValue[] | null;
  /** The least number that a rule may say. */
  min: number | null;
  /** The greatest. */
  max: number | null;
  /** Of a question: voters whose newest answer says something; else null. */
  answered: number | null;
}

export interface FieldGroup {
  /** Its name. */
  group: string;
  /** What belongs to it. */
  fields: string[];
  /** official_first: the roll of the voter's own state before all others, of several the newest;
    newest_first: the newest record. */
  policy: SurvivorshipPolicy;
  /** The policy if nobody has said another. */
  usual: SurvivorshipPolicy;
}

export interface FieldValue {
  /** As a rule names it: a text, or the number of an answer's choice. */
  value: JsonValue;
  /** As people call it. */
  title: string;
  /** How many voters have it now. */
  count: number;
}

export interface Figure {
  /** The number. */
  value: number;
  /** Its standard error. */
  se: number | null;
  /** Where its 95 % interval begins. */
  lower: number | null;
  /** Where it ends. */
  upper: number | null;
  /** Two-sided, against 0. */
  p: number | null;
}

export interface FindMatchInput {
  /** First name. */
  first_name?: string | null;
  /** Middle name or initial. */
  middle_name?: string | null;
  /** Last name. */
  last_name?: string | null;
  /** Jr, III. */
  suffix?: string | null;
  /** F or M. */
  gender?: string | null;
  /** Year of birth. */
  birth_year?: number | null;
  /** Month of birth. */
  birth_month?: number | null;
  /** Day of birth. */
  birth_day?: number | null;
  /** House number, street and unit. */
  street?: string | null;
  /** City. */
  city?: string | null;
  /** ZIP code. */
  zip?: string | null;
  /** A telephone number, as people write it. */
  phone?: string | null;
  /** An e-mail address. */
  email?: string | null;
  /** How many candidates. */
  limit?: number;
  /** From this probability on. */
  probability_min?: number;
}

export interface Form {
  /** The form. */
  id: string;
  /** What voters see above it. */
  name: string;
  /** Who is asked. */
  list: string;
  /** That list's name. */
  list_name: string;
  /** What is asked. */
  script: string;
  /** That script's name. */
  script_name: string;
  /** The version that the form keeps asking. */
  script_version: number;
  /** Until when it can be filled in. */
  expires_at: string;
  /** When it was closed before that. */
  closed_at: string | null;
  /** When it was made. */
  created_at: string;
  /** Voters who have a link. */
  links: number;
  /** Who opened it. */
  opened: number;
  /** Who answered something and is not done (AAPOR: partial). */
  begun: number;
  /** Who is done (AAPOR: complete). */
  done: number;
  /** AAPOR response rate 1: done over all links. */
  rr1: number | null;
}

export interface FormAnswer {
  /** The question. */
  question: string;
  /** The choice's number, from 1. */
  choice: number | null;
  /** Free words, a number, or numbers of choices. */
  text: string | null;
  /** Would not say. */
  declined: boolean;
}

export interface FormReading {
  /** To look at and save; null: something is refused. */
  script: Script | null;
  /** Everything that is not supported. */
  refusals: FormRefusal[];
  /** Rows that ask nothing and are passed over. */
  left_out: string[];
}

export interface FormRefusal {
  /** survey or choices. */
  sheet: string;
  /** As the spreadsheet shows it; 0: all of it. */
  row: number;
  /** Of the question. */
  name: string;
  /** What is not supported. */
  sentence: string;
}

export interface FormSheet {
  /** Of the form. */
  name: string;
  /** What is said first. */
  introduction: string;
  /** What is said last. */
  closing: string;
  /** Of the words above. */
  language: string;
  /** In their order. */
  questions: Question[];
  /** The same in other languages. */
  translations: Translation[];
  /** Where rotated choices begin. */
  rotation: number;
  /** It was sent; nothing can be changed. */
  done: boolean;
  /** Until when it can be filled in. */
  expires_at: string;
  /** Of an earlier visit with the same browser only. */
  answers: FormAnswer[];
}

export interface FreezeListInput {
  /** What people call it. */
  name: string;
  /** Whom to take. */
  segment: string;
  /** At most so many voters, drawn at random or by top_by. */
  size_max?: number | null;
  /** The share of households that nobody contacts, to measure the effect. */
  holdout_percent?: number;
  /** The arms of those who are contacted; none: one, "treatment". A phone bank calls one of
    them. */
  arms?: ListArmWish[];
  /** Categories such as "county": hold-out, arms and size_max then have their shares within each
    of their values. */
  stratify_by?: string[];
  /** Takes one voter of each household: the first with a number. */
  one_per_household?: boolean;
  /** A score such as "support_score": takes the size_max highest. */
  top_by?: string | null;
  /** Draws a sample with known chances instead, without hold-out and arms. */
  sample?: ListSample | null;
  /** For the same order and hold-out as another list. */
  seed?: number | null;
}

export interface GetCallInput {
  /** The caller. */
  id: string;
}

export interface GetErasureInput {
  /** The voter. */
  id: string;
}

export interface GetEverythingInput {
  /** The voter. */
  id: string;
}

export interface GetExperimentInput {
  /** The experiment. */
  id: string;
  /** Its number; none: the primary one. */
  outcome?: number | null;
}

export interface GetFormInput {
  /** The form. */
  id: string;
}

export interface GetImportInput {
  /** The import. */
  id: string;
}

export interface GetJoinOfferInput {
  /** As typed. */
  code: string;
}

export interface GetListInput {
  /** The list. */
  id: string;
}

export interface GetListSampleFileInput {
  /** A list that is a sample. */
  id: string;
}

export interface GetListSampleInput {
  /** A list that is a sample. */
  id: string;
}

export interface GetMatchInput {
  /** The pair. */
  id: string;
}

export interface GetMatchRunInput {
  /** The run. */
  id: string;
}

export interface GetPhonebankInput {
  /** The phone bank. */
  id: string;
}

export interface GetPhonebankPaceInput {
  /** The phone bank. */
  id: string;
}

export interface GetPhonebankPrioritiesInput {
  /** The phone bank. */
  id: string;
}

export interface GetPhonebankProgressInput {
  /** The phone bank. */
  id: string;
}

export interface GetPhonebankWaitsInput {
  /** The phone bank. */
  id: string;
}

export interface GetPlanInput {
  /** The plan. */
  id: string;
}

export interface GetQuestionEstimatesInput {
  /** The question's key, such as "support". */
  key: string;
  /** What is weighted to, by commas: age, gender, party, county, state; empty: nothing. */
  margins?: string;
  /** The choices whose share is followed by day, by commas; empty: the first. */
  yes?: string;
  /** Answers of this phone bank only. */
  phonebank?: string | null;
  /** Answers of this list's members since it was frozen, given in whatever way. Of a sample (also
    of a phone bank's) the design weights are used. */
  list?: string | null;
  /** Answers of voters who are in this segment now; all are weighted together. */
  segment?: string | null;
  /** No weight above so many times the mean; 0: none is trimmed. */
  trim?: number;
}

export interface GetQuestionResultsInput {
  /** The question's key. */
  key: string;
}

export interface GetRoomInput {
  /** The phone bank. */
  id: string;
}

export interface GetScriptInput {
  /** The script. */
  id: string;
}

export interface GetSegmentCompositionInput {
  /** The segment. */
  id: string;
}

export interface GetSegmentInput {
  /** The segment. */
  id: string;
}

export interface GetTimelineInput {
  /** The voter. */
  id: string;
  /** How many entries, the newest. */
  limit?: number;
}

export interface GetVoterInput {
  /** The voter. */
  id: string;
}

export interface GoToRoomInput {
  /** One of the rooms that were offered. */
  phonebank: string;
}

export interface GroupEffect {
  /** By what voters are grouped. */
  trait: string;
  /** The group. */
  value: string;
  /** Compared with the control group. */
  arm: string;
  /** Voters in the comparison. */
  n: number;
  /** Of the control group. */
  control_mean: number | null;
  /** In this group alone. */
  effect: Figure;
  /** p over all groups: any false find. */
  holm: number | null;
  /** p over all groups: the share of false finds. */
  benjamini_hochberg: number | null;
}

export interface GroupTest {
  /** By what voters are grouped. */
  trait: string;
  /** Compared with the control group. */
  arm: string;
  /** Whether the groups' effects differ at all. */
  p: number | null;
}

export interface HangUpInput {
  /** The lease. */
  lease: string;
}

export interface HeartbeatAnswer {
  /** Something to show the caller at once. */
  message: string | null;
  /** The message says that the number shown must not be called any more. */
  barred: boolean;
  /** Where the caller calls now: a lead may have moved them. */
  phonebank: string;
}

export interface HeartbeatInput {
  /** The caller is on a break. */
  resting?: boolean;
}

export type Hindrance = "no_number" | "do_not_call" | "no_consent" | "not_registered" |
    "outside_hours" | "cooling_down" | "held" | "callback" | "hold_out" | "already_voted";

export interface Home {
  /** How many voters there are. */
  voters: number;
  /** How many of them have a number. */
  with_phone: number;
  /** How many households they live in. */
  households: number;
  /** The newest import; null if there is none. */
  last_import: HomeImport | null;
  /** The saved segments. */
  segments: HomeSegment[];
  /** How many lists there are. */
  lists: number;
  /** The phone banks, newest first. */
  phonebanks: HomePhonebank[];
  /** Calls made, on all of them. */
  calls: number;
  /** Calls on which somebody spoke. */
  conversations: number;
  /** Answers given. */
  answers: number;
  /** Calls of the last hour. */
  calls_last_hour: number;
  /** Newest answers to the question "support": the share of its first choice; null before the
    first answer. */
  support: HomeSupport | null;
  /** The newest archive; null if there is none. */
  archive: HomeArchive | null;
  /** The feed position of the voters' numbers. */
  position: number;
  /** Milliseconds since it was certain that nothing newer was there. */
  feed_age_ms: number;
  /** The server's clock. */
  server_time: string;
  /** The program's version. */
  version: string;
}

export interface HomeArchive {
  /** When it was written. */
  at: string;
  /** How many tables it holds. */
  tables: number;
  /** How many rows. */
  rows: number;
  /** Whether it was read back and compared. */
  verified: boolean;
}

export interface HomeImport {
  /** The import. */
  id: string;
  /** The file's name. */
  file_name: string;
  /** running, published, failed or cancelled. */
  state: string;
  /** How many rows were read. */
  rows_read: number;
  /** How many were not taken. */
  rows_rejected: number;
  /** When it began. */
  started_at: string;
}

export interface HomePhonebank {
  /** The phone bank. */
  id: string;
  /** What people call it. */
  name: string;
  /** open, paused or closed. */
  state: string;
  /** Calls made. */
  calls: number;
  /** Calls on which somebody spoke. */
  conversations: number;
  /** Callers who are there now. */
  callers_active: number;
}

export interface HomeSegment {
  /** The segment. */
  id: string;
  /** What people call it. */
  name: string;
  /** How many voters match. */
  count: number;
  /** How old the count is, in milliseconds. */
  age_ms: number;
}

export interface HomeSupport {
  /** How many voters answered. */
  n: number;
  /** The share whose newest answer is for us. */
  share: number;
  /** The lower end of its 95 % interval (Wilson). */
  low: number;
  /** The upper end. */
  high: number;
}

export interface Identities {
  /** The person's own first, then in order of time. */
  items: Identity[];
}

export interface Identity {
  /** Its own voter id: the person's, or the one that it had before it was joined. */
  home: string;
  /** Whose record it is: nc, l2, … */
  source: string;
  /** Its id there. */
  external_id: string;
  /** The name, as this record has it. */
  name: string;
  /** Year of birth. */
  birth_year: number | null;
  /** The row that the newest version came with. */
  row: IdentityRow;
  /** How many files said something new of it. */
  versions: number;
  /** The newest file of its source lacks it. */
  absent: boolean;
  /** Why it is this person; null: it is its own. */
  why: WhyJoined | null;
}

export interface IdentityRow {
  /** The import. */
  import: string;
  /** The file's name. */
  file_name: string;
  /** The line in it; 0: repeated by a later file whose line was not kept. */
  line: number;
  /** When it was imported. */
  at: string;
}

export interface Import {
  /** The import. */
  id: string;
  /** How the file is read. */
  layout: string;
  /** voters, history or scores. */
  kind: string;
  /** The file's name. */
  file_name: string;
  /** Its size. */
  file_bytes: number;
  /** running, published, failed, cancelled, tried (a dry run) or undone. */
  state: string;
  /** reading, publishing, done or undoing. */
  stage: string;
  /** How much of the file has been read. */
  bytes_done: number;
  /** Rows read, rejected ones included. */
  rows_read: number;
  /** Rows that were not known. */
  rows_new: number;
  /** Rows that differ from the last import. */
  rows_changed: number;
  /** Rows that are as they were. */
  rows_same: number;
  /** Rows that were not taken. */
  rows_rejected: number;
  /** Rows a second since the start. */
  rows_per_s: number;
  /** A guess, while it runs. */
  seconds_left: number | null;
  /** What a person should look at. */
  warnings: ImportWarnings[];
  /** Why it failed, or why it could not be undone, and what to do. */
  error: string | null;
  /** The same file was imported before: this is that import, and nothing was done. */
  repeat: boolean;
  /** Who started it: person:3, or system. */
  started_by: string;
  /** Who started it, for people. */
  started_by_name: string;
  /** When it began. */
  started_at: string;
  /** When it ended. */
  ended_at: string | null;
  /** Of a dry run: what the file would change. */
  report: ImportReport | null;
  /** When it was taken back. */
  undone_at: string | null;
  /** By whom: person:3, or system. */
  undone_by: string | null;
  /** By whom, for people. */
  undone_by_name: string | null;
  /** The import whose rejected rows these are, mended; it is undone with that. */
  mends: string | null;
  /** Published imports of its own mended rows. */
  mended_by: string[];
  /** How often the program ended in the middle and began it anew. */
  restarts: number;
  /** Of scores: what people call the run. */
  run_name: string;
  /** What was asked for. */
  asked: ImportAsked;
}

export interface ImportAlreadyVotedInput {
  /** Whose ids the file uses, such as nc. */
  source: string;
  /** Where the file comes from, in words. */
  from?: string;
  /** The column of the ids; left out: found by the names that states use. */
  column?: string | null;
}

export interface ImportAnswersInput {
  /** The column that names the voter. */
  voter_column: string;
  /** What that column holds. */
  by?: VoterBy;
  /** When it was answered; empty: now, and each voter may stand in the file once. */
  at_column?: string;
  /** Lines "column=question key"; empty: columns that are called as a key. */
  questions?: string;
  /** Says what would come of it. */
  dry_run?: boolean;
}

export interface ImportAsked {
  /** The layout that was named, or auto. */
  layout: string;
  /** Columns that a person named. */
  mapping: ColumnMapping[];
  /** Fields that an empty value of the file does not clear. */
  blank_keeps: string[];
  /** How many known voters the file may lack. */
  absent_share_max: number;
  /** The uploaded file, while it is on the server and may be imported again. */
  upload: string | null;
}

export interface ImportLedgerInput {
  /** Reads and checks, and keeps nothing. */
  dry_run?: boolean;
}

export interface ImportReport {
  /** Voters of earlier files, in the file's counties, that it lacks. */
  absent: number;
  /** The import would be refused for it: see absent_share_max. */
  absent_too_many: boolean;
  /** What would change, by field, the commonest first. */
  fields: ImportReportFields[];
  /** Some changes to look at; none of protected voters. */
  samples: ImportReportSamples[];
  /** Rows that may be of people who are there already, under another id. */
  duplicates: ImportReportDuplicates;
  /** How many files were read. */
  parts: number;
  /** Parts that the layout expects and that were not there. */
  missing: string[];
}

export interface ImportReportDuplicates {
  /** New rows that repeat the name, birth and ZIP code of an earlier one. */
  in_file: number;
  /** New rows with the name, birth and ZIP code of a known voter. */
  in_registry: number;
  /** Some of them; none of protected voters. */
  samples: ImportReportDuplicatesSamples[];
  /** What the comparison of identity resolution finds; null for files of history and scores. */
  alike: ImportReportDuplicatesAlike | null;
}

export interface ImportReportDuplicatesAlike {
  /** New rows that were compared with everybody: of more than 20,000 a part of them, at equal
    distances. */
  compared: number;
  /** Of these, rows that are more likely than not of a known voter, under another id: moved,
    married or misspelled ones too. */
  found: number;
  /** Some of them; none of protected voters. */
  samples: ImportReportDuplicatesAlikeSamples[];
}

export interface ImportReportDuplicatesAlikeSamples {
  /** The row's line in the file. */
  line: number;
  /** The id in the file. */
  external_id: string;
  /** The known voter it is probably of. */
  voter: string;
  /** That it is. */
  probability: number;
}

export interface ImportReportDuplicatesSamples {
  /** The row's line in the file. */
  line: number;
  /** The id in the file. */
  external_id: string;
  /** The earlier row that it repeats under another id, or */
  other_line: number | null;
  /** the known voter of that name, birth and ZIP code under another id. */
  voter: string | null;
}

export interface ImportReportFields {
  /** The field of the voter. */
  field: string;
  /** Rows in which it would change. */
  count: number;
  /** Different changes: few of many rows are new codes. */
  distinct: number;
  /** Changes that several rows have in common, the commonest first. */
  same: ImportReportFieldsSame[];
}

export interface ImportReportFieldsSame {
  /** The value as it is; null: empty. */
  old: string | null;
  /** The value in the file; null: empty. */
  new: string | null;
  /** In how many rows. */
  count: number;
}

export interface ImportReportSamples {
  /** The voter. */
  voter: string;
  /** The id in the file. */
  external_id: string;
  /** The field. */
  field: string;
  /** The value as it is; null: empty. */
  old: string | null;
  /** The value in the file; null: empty. */
  new: string | null;
}

export interface ImportSheetInput {
  /** What its rows are. */
  kind: SheetKind;
  /** Reads and checks, and keeps nothing. */
  dry_run?: boolean;
  /** Takes the nearest matrix for correlations that cannot be. */
  repair?: boolean;
}

export interface ImportSuppressionsInput {
  /** do_not_call, wrong_number or disconnected. */
  reason: string;
  /** Where the list comes from. */
  source: string;
}

export interface ImportWarnings {
  /** For programs: "phone_unusable". */
  kind: string;
  /** How often. */
  count: number;
  /** For people. */
  text: string;
}

export interface ImportedLedger {
  /** How many the file has. */
  rows: number;
  /** That are new. */
  entries: number;
  /** That were there already. */
  known: number;
  /** By which the booked money grew. */
  cents: number;
  /** Columns that nobody asked for. */
  ignored: string[];
}

export interface ImportedSheet {
  /** How many the file has. */
  rows: number;
  /** That are new or say something new. */
  changed: number;
  /** That say nothing here. */
  passed: number;
  /** Columns that nobody asked for. */
  ignored: string[];
  /** What was changed in what the file says, as sentences. */
  notes: string[];
}

export interface JoinInput {
  /** As typed. */
  code: string;
  /** How the lead shall see the caller. */
  name: string;
}

export interface JoinLink {
  /** The join link. */
  id: string;
  /** What a caller can type: k7mq-2hpd-9xwt. */
  code: string;
  /** What the QR code holds. */
  url: string;
  /** Until when one can join by it. */
  expires_at: string;
  /** How many callers have joined by it. */
  uses: number;
  /** How many may. */
  uses_max: number;
  /** Nobody can join by it any more. */
  revoked: boolean;
}

export interface JoinOffer {
  /** What one would join. */
  phonebank: JoinOfferPhonebank;
  /** Calls are being made now. */
  open: boolean;
}

export interface JoinOfferPhonebank {
  /** Its name. */
  name: string;
}

export interface JoinVotersInput {
  /** Who stays: the voter, or one of its identities. */
  id: string;
  /** Who is the same person. */
  voter: string;
}

export interface Layout {
  /** What an import calls it. */
  name: string;
  /** Grows with each change. */
  version: number;
  /** voters, history or scores. */
  kind: string;
  /** For people. */
  title: string;
  /** The columns that are read. */
  columns: LayoutColumns[];
  /** What stands between fields. */
  delimiter: string;
  /** How letters are written; auto finds out. */
  encoding: string;
}

export interface LayoutColumns {
  /** The column's name in the file. */
  name: string;
  /** Other spellings that are taken. */
  aliases: string[];
  /** A file without it is refused. */
  required: boolean;
}

export interface LayoutGuess {
  /** The layout. */
  layout: string;
  /** From 0 to 1. */
  fit: number;
  /** For people. */
  why: string;
}

export interface Lease {
  /** Names the lease in the result. */
  id: string;
  /** Goes with it. */
  epoch: number;
  /** For a tel: link. */
  number: string;
  /** For people. */
  number_shown: string;
  /** When the lease ends without a sign of life. */
  until: string;
  /** Who may be reached at this number. */
  voters: LeaseVoter[];
}

export interface LeaseVoter {
  /** The voter. */
  id: string;
  /** First name. */
  first_name: string;
  /** Last name. */
  last_name: string;
  /** In years. */
  age: number | null;
  /** Where they live. */
  city: string | null;
  /** As registered. */
  party: string | null;
  /** M, F or U. */
  gender: string | null;
  /** Earlier tries, the newest first. */
  earlier: EarlierAttempt[];
}

export interface LedgerEntries {
  /** Oldest first. */
  items: LedgerEntry[];
}

export interface LedgerEntry {
  /** What happened. */
  kind: EntryKind;
  /** Negative for releases and refunds. */
  cents: number;
  /** When. */
  day: string;
  /** The invoice's or cheque's number. */
  reference: string;
  /** Who entered it. */
  actor: string;
  /** When. */
  at: string;
}

export interface LedgerSums {
  /** By market, channel and week. */
  items: CellSums[];
}

export interface LineCounts {
  /** All numbers. */
  lines: number;
  /** Could be handed out now. */
  ready: number;
  /** With callers. */
  held: number;
  /** Reached, or tried as often as allowed. */
  done: number;
  /** Must not be called. */
  barred: number;
  /** Wait for their next attempt. */
  waiting: number;
  /** Promised; among those ready and waiting. */
  callbacks: number;
  /** Ready, but it is too early or late there. */
  outside_hours: number;
}

export interface List {
  /** The list. */
  id: string;
  /** What people call it. */
  name: string;
  /** The segment that it was frozen from. */
  segment: string | null;
  /** That segment's name today. */
  segment_name: string | null;
  /** The rule as it was when frozen, as one line. */
  text: string;
  /** The list is the rule at this position. */
  feed_position: number;
  /** Gives the same order and hold-out again. */
  seed: number;
  /** How many voters, the hold-out included. */
  size: number;
  /** How many of these voters were erased since: the size counts them still. */
  erased: number;
  /** How many came later, by a phone bank that follows the segment: not in the size. */
  joined: number;
  /** How many households they live in. */
  households: number;
  /** How many of them have a number. */
  with_phone: number;
  /** How many voters nobody contacts. */
  holdout: number;
  /** The share of households that was asked for. */
  holdout_percent: number;
  /** The arms in the order of their numbers, the hold-out first. */
  arms: ListArm[];
  /** The versions of all segments that the rule was made of. */
  made_of: ListSource[];
  /** The categories within whose values the arms' shares hold. */
  stratify_by: string[];
  /** Whether of each household only one was taken. */
  one_per_household: boolean;
  /** The score whose highest were taken; null for a random order. */
  top_by: string | null;
  /** The size that was asked for; null for everybody. */
  size_max: number | null;
  /** How it was drawn, if it is a sample. */
  sample: ListSample | null;
  /** A sample's: of how many voters it was drawn. */
  frame: number | null;
  /** When it was frozen. */
  created_at: string;
}

export interface ListArm {
  /** What rules call it; "holdout" nobody contacts. */
  name: string;
  /** How many voters. */
  size: number;
}

export interface ListArmWish {
  /** Letters, digits, "_" and "-". */
  name: string;
  /** Of those who are contacted; all make 100. */
  percent: number;
}

export interface ListCallerQualityInput {
  /** The phone bank. */
  id: string;
}

export interface ListCallersInput {
  /** The phone bank. */
  id: string;
}

export interface ListCommitmentsInput {
  /** Of the page before. */
  cursor?: string | null;
  /** How many. */
  limit?: number;
}

export interface ListConsentsInput {
  /** The voter. */
  id: string;
}

export interface ListCorrectionsInput {
  /** The voter. */
  id: string;
}

export interface ListDecisionsInput {
  /** The voter. */
  id: string;
}

export interface ListDifference {
  /** How many are on both lists. */
  stayed: number;
  /** How many of them are in another arm. */
  changed_arm: number;
  /** How many are on the newer list only. */
  joined: number;
  /** How many are on the older list only. */
  left: number;
  /** Why they joined or left. */
  reasons: ListReasonCount[];
  /** The feed position of the reasons. */
  position: number;
  /** Who joined or left. */
  items: ListDifferenceLine[];
  /** The cursor of the next page; null after the last. */
  next: string | null;
}

export interface ListDifferenceLine {
  /** The voter. */
  id: string;
  /** True for who joined, false for who left. */
  joined: boolean;
  /** The arm, on the list that the voter is on. */
  arm: string;
  /** Why, as far as it is known. */
  reason: ListReason;
}

export interface ListEntriesInput {
  /** The commitment. */
  id: string;
}

export interface ListExperimentsInput {
  /** Of the page before. */
  cursor?: string | null;
  /** How many. */
  limit?: number;
}

export interface ListIdentitiesInput {
  /** The voter. */
  id: string;
}

export interface ListImportsInput {
  /** Of the page before. */
  cursor?: string | null;
  /** How many. */
  limit?: number;
}

export interface ListJoinLinksInput {
  /** The phone bank. */
  id: string;
}

export interface ListListsInput {
  /** Of the page before. */
  cursor?: string | null;
  /** How many. */
  limit?: number;
}

export interface ListMatchRunsInput {
  /** Of the page before. */
  cursor?: string | null;
  /** How many. */
  limit?: number;
}

export interface ListMatchesInput {
  /** open, or later: put off. */
  state?: string;
  /** One of the two is of this source. */
  source?: string | null;
  /** From this probability on. */
  probability_min?: number;
  /** Only pairs of one source, or of two. */
  same_source?: boolean | null;
  /** Of the page before. */
  cursor?: string | null;
  /** How many. */
  limit?: number;
}

export interface ListPassesInput {
  /** The phone bank. */
  id: string;
}

export interface ListPeopleInput {
  /** Where the page before ended. */
  cursor?: string | null;
  /** How many. */
  limit?: number;
}

export interface ListPhonebankHoursInput {
  /** The phone bank. */
  id: string;
}

export interface ListPlanLinesInput {
  /** The plan. */
  id: string;
  /** Lines behind this one. */
  after?: number;
  /** How many. */
  limit?: number;
}

export interface ListPlansInput {
  /** Of the page before. */
  cursor?: string | null;
  /** How many. */
  limit?: number;
}

export type ListReason = "new_voter" | "now_matches" | "removed" | "protected" | "suppressed" |
    "no_match" | "not_drawn";

export interface ListReasonCount {
  /** Of those who joined: new_voter, now_matches. Of those who left: removed, protected,
    suppressed, no_match, not_drawn (matches still). */
  reason: ListReason;
  /** How many voters. */
  count: number;
}

export interface ListRejectsInput {
  /** The import. */
  id: string;
  /** Of the page before. */
  cursor?: string | null;
  /** How many. */
  limit?: number;
}

export interface ListSample {
  /** simple; stratified (by stratify_by); clustered; by_size: clusters by how many voters they
    hold, or voters by a score. */
  method: SampleMethod;
  /** How many voters; with cluster_by, how many clusters. */
  size: number;
  /** How strata share the size. */
  allocation?: SampleAllocation;
  /** What is drawn as one: "household", or a category such as "precinct". */
  cluster_by?: string;
  /** So many voters of each cluster at random; null: everybody. */
  per_cluster?: number | null;
  /** by_size without clusters: a score such as "turnout_score"; none or 0 counts as 1. */
  size_by?: string;
}

export interface ListScoreRunsInput {
  /** Of the page before. */
  cursor?: string | null;
  /** How many. */
  limit?: number;
}

export interface ListScriptVersionsInput {
  /** The script. */
  id: string;
}

export interface ListSegmentCallsInput {
  /** The phone bank. */
  id: string;
}

export interface ListSegmentCountsInput {
  /** The segment. */
  id: string;
  /** How far back. */
  days?: number;
}

export interface ListSegmentExportsInput {
  /** The segment. */
  id: string;
}

export interface ListSegmentVersionsInput {
  /** The segment. */
  id: string;
}

export interface ListSource {
  /** A segment. */
  segment: string;
  /** As it was in this version. */
  version: number;
}

export interface ListVoterFieldsInput {
  /** The voter. */
  id: string;
}

export interface LiveCall {
  /** The lease whose number is called. */
  lease: string;
  /** How the call stands. */
  state: CallState;
  /** How it ended, once it has. */
  end: CallEnd | null;
  /** Since when it stands so. */
  at: string;
  /** The result that its end speaks for; the caller says whether it is so. */
  proposed: Disposition | null;
}

export interface LiveInput {
  /** What people call it. */
  name: string;
  /** answers, segment or experiment. */
  kind: string;
  /** The contest whose state it tells, or the channel it measures. */
  of: string;
  /** Our two-party share, or the effect, in parts of one. */
  value: number | null;
  /** Its standard error. */
  error: number | null;
  /** As a poll of so many people. */
  counts: number | null;
  /** Why it could not be read. */
  problem: string | null;
  /** When it was read last. */
  read_at: string | null;
}

export interface MakeFormLinksInput {
  /** The form. */
  id: string;
}

export interface MakeJoinLinkInput {
  /** The phone bank. */
  id: string;
  /** For how many hours it works. */
  hours_valid: number;
  /** How many callers may join by it. */
  uses_max: number;
}

export interface MakeSignInLinkInput {
  /** The person. */
  id: string;
}

export interface MarginRow {
  /** A part of the people. */
  category: string;
  /** Its share of the registry. */
  population: number;
  /** Its share of those who answered. */
  sample: number;
  /** The same once weighted. */
  weighted: number | null;
}

export interface Market {
  /** Its code. */
  name: string;
  /** As people call it. */
  title: string;
  /** Who live there. */
  people: number;
  /** Into which it reaches. */
  contests: string[];
}

export interface MarketCounties {
  /** By county. */
  items: MarketCounty[];
}

export interface MarketCounty {
  /** Five digits. */
  fips: string;
  /** The market it lies in. */
  market: string;
}

export interface Match {
  /** The pair. */
  id: string;
  /** The one. */
  one: MatchOne;
  /** The other. */
  other: MatchOne;
  /** That they are one person. */
  probability: number;
  /** What deciding is expected to be worth. */
  gain: number;
  /** What one has and the other lacks: phone, consent, email, vote_history, score, birth_date. */
  adds: string[];
  /** Both are of one source, which holds them apart itself. */
  same_source: boolean;
  /** open or later. */
  state: string;
}

export interface MatchCounts {
  /** Pairs that wait. */
  open: number;
  /** Pairs that somebody put off. */
  later: number;
}

export interface MatchDecided {
  /** The decision, which can be taken back; null where nothing was decided. */
  decision: string | null;
}

export interface MatchDetail {
  /** The pair. */
  match: Match;
  /** Both records side by side. */
  values: MatchDetailValues[];
  /** What speaks for and against one person, the most telling first. */
  evidence: MatchEvidence[];
}

export interface MatchDetailValues {
  /** The field: "street". */
  name: string;
  /** What the one's record says. */
  one: string | null;
  /** What the other's record says. */
  other: string | null;
  /** Both say something, and not the same; never of the source's own ids. */
  differs: boolean;
}

export interface MatchEvidence {
  /** What was compared: "first name". */
  field: string;
  /** How it compares: "exact". */
  level: string;
  /** What it says: each bit above 0 doubles the odds that they are one person, each below halves
    them. */
  bits: number;
}

export interface MatchFound {
  /** Who it may be, the likeliest first. */
  voters: MatchFoundVoters[];
  /** How many records were searched. */
  records: number;
  /** The feed position of the answer. */
  position: number;
  /** Milliseconds since it was certain that nothing newer was there. */
  age_ms: number;
  /** Microseconds that the search took. */
  took_us: number;
}

export interface MatchFoundVoters {
  /** The voter. */
  voter: string;
  /** First, middle, last name and suffix. */
  name: string;
  /** Year of birth. */
  birth_year: number | null;
  /** Where they live. */
  city: string | null;
  /** That it is this person, where one in two that is asked for is known at all. */
  probability: number;
  /** Why, the most telling first. */
  evidence: MatchEvidence[];
}

export interface MatchOne {
  /** The voter. */
  voter: string;
  /** The identity of it that this is about. */
  home: string;
  /** First, middle, last name and suffix. */
  name: string;
  /** Year of birth. */
  birth_year: number | null;
  /** Where they live. */
  city: string | null;
  /** Whose record it is: nc, l2, … */
  source: string;
}

export interface MatchOther {
  /** The voter. */
  voter: string;
  /** The identity of it that this is about. */
  home: string;
  /** First, middle, last name and suffix. */
  name: string;
  /** Year of birth. */
  birth_year: number | null;
  /** Where they live. */
  city: string | null;
  /** Whose record it is: nc, l2, … */
  source: string;
}

export interface MatchRun {
  /** The run. */
  id: string;
  /** registry: everybody; new: what the newest files brought. */
  scope: string;
  /** running, done, failed or cancelled. */
  state: string;
  /** loading, comparing, deciding, joining or ended. */
  stage: string;
  /** Records read so far, while loading. */
  rows_read: number;
  /** How long it has taken. */
  seconds: number;
  /** Who started it: person:3, or system. */
  started_by: string;
  /** Who started it, for people. */
  started_by_name: string;
  /** When it began. */
  started_at: string;
  /** When it ended. */
  ended_at: string | null;
  /** What it found, once it is done. */
  report: MatchRunReport | null;
  /** Why it did not come to its end. */
  error: string | null;
}

export interface MatchRunReport {
  /** Records that were read. */
  records: number;
  /** Of these, whose partners were sought. */
  fresh: number;
  /** Pairs that were compared. */
  pairs_compared: number;
  /** Voters that joined another. */
  joined: number;
  /** Pairs that a person should look at. */
  queued: number;
  /** Pairs beyond what the queue holds. */
  left_out: number;
  /** Pairs of two sources that are one person, as reckoned. */
  estimated_matches: number;
  /** How many persons have 2, 3, … records. */
  cluster_sizes: MatchRunReportClusterSizes[];
  /** How long each stage took. */
  seconds: MatchRunReportSeconds[];
}

export interface MatchRunReportClusterSizes {
  /** So many records. */
  identities: number;
  /** How many persons have so many. */
  persons: number;
}

export interface MatchRunReportSeconds {
  /** loading, comparing, deciding or joining. */
  stage: string;
  /** How long it took. */
  seconds: number;
}

export interface ModeRule {
  /** How numbers are dialled. */
  mode: DiallingMode;
  /** Whether a phone bank may dial so. */
  offered: boolean;
  /** Consent for mobile numbers. */
  mobile_needs_consent: boolean;
  /** And for landlines. */
  landline_needs_consent: boolean;
  /** Where it stands. */
  source: string;
}

export interface MoveCallerInput {
  /** The phone bank. */
  id: string;
  /** The caller. */
  person: string;
  /** Where they call from now on. */
  to: string;
}

export interface MoveExperimentInput {
  /** The experiment. */
  id: string;
  /** measuring: contacts are over and the hold-out may be asked; ended. */
  state: ExperimentState;
}

export interface NothingReady {
  /** Why there is no number. */
  reason: NothingReason;
  /** The same for the caller. */
  sentence: string;
  /** When it is worth asking again. */
  next_at: string | null;
}

export type NothingReason = "none_ready" | "outside_calling_hours" | "paused" | "closed" |
    "all_done" | "waiting";

export interface OpenFormInput {
  /** What the link ends with. */
  token: string;
  /** Made by the page and kept in that browser: who has it gets back what it saved. */
  browser?: string;
}

export interface OtherRoom {
  /** The phone bank. */
  phonebank: string;
  /** What people call it. */
  name: string;
  /** Whose it is. */
  room: Room;
}

export type OutcomeKind = "answer" | "disposition" | "vote" | "score";

export interface OverlapRow {
  /** A segment. */
  segment: string;
  /** How many are in it and in each segment, in their order; null: hidden. */
  counts: (number | null)[];
}

export interface OverlapSegmentsInput {
  /** Which, 2 to 20. */
  segments: string[];
}

export interface OwnCalls {
  /** Calls handed in. */
  calls: number;
  /** Those on which somebody spoke. */
  conversations: number;
  /** When the first number was asked for. */
  since: string | null;
}

export interface Pace {
  /** Least time between two attempts. */
  retry_minutes: number;
  /** After busy. */
  busy_minutes: number;
  /** After a message was left. */
  message_minutes: number;
  /** How long a number is lent. */
  lease_seconds: number;
  /** Attempts on a line that does not answer. */
  attempts_max: number;
  /** First minute of the voter's day. */
  opens: string;
  /** The minute after the last. */
  closes: string;
  /** Lines tried less often come first. */
  whole_passes: boolean;
  /** After a wrong or dead number the voter's next one is called at once, not only when the time
    between two attempts is over. */
  next_at_once: boolean;
}

export interface PastSegmentCount {
  /** When. */
  at: string;
  /** The segment's version then. */
  version: number;
  /** How many voters matched. */
  count: number;
  /** How many households. */
  households: number;
  /** How many had a number. */
  with_phone: number;
  /** The feed position. */
  position: number;
}

export interface Person {
  /** The person. */
  id: string;
  /** Their name. */
  name: string;
  /** What they sign in with. */
  email: string | null;
  /** What they may do. */
  role: "administrator" | "data_director" | "phonebank_lead" | "caller" | "analyst";
  /** They cannot sign in. */
  disabled: boolean;
  /** When they were added. */
  created_at: string;
}

export interface Phonebank {
  /** The phone bank. */
  id: string;
  /** What people call it. */
  name: string;
  /** Whom it calls. */
  list: string;
  /** The list's name. */
  list_name: string;
  /** The list's arm that it calls; never the hold-out. */
  arm: string;
  /** How it follows the list's segment: who leaves drops out, who joins is added. Null: it calls
    the list as it was frozen. */
  following: PhonebankFollowing | null;
  /** What is said. */
  script: string;
  /** The script's name. */
  script_name: string;
  /** open, paused or closed. */
  state: PhonebankState;
  /** Least time between two attempts. */
  retry_minutes: number;
  /** How long a number is lent. */
  lease_seconds: number;
  /** Attempts on a line that does not answer. */
  attempts_max: number;
  /** First minute of the voter's day: 09:00. */
  opens: string;
  /** The minute after the last: 21:00. */
  closes: string;
  /** Whose calling rules it keeps; null: its own hours. */
  country: string | null;
  /** Also those of the country's states. */
  state_hours: boolean;
  /** Whose consent a number needs to be shown. */
  consent: ConsentNeed;
  /** When it was made. */
  created_at: string;
  /** Its lines by state. */
  counts: LineCounts;
  /** Callers seen within a minute. */
  callers_active: number;
  /** Calls made. */
  calls: number;
  /** Calls on which somebody spoke. */
  conversations: number;
  /** Of the last hour. */
  calls_last_hour: number;
  /** Of the last hour. */
  conversations_last_hour: number;
  /** Answers recorded. */
  answers: number;
  /** What came of the attempts, most first. */
  dispositions: DispositionCount[];
  /** What was answered here, by question. */
  results: QuestionCounts[];
  /** Why lines are barred, most first. */
  barred_reasons: ReasonCount[];
  /** Why numbers that were shown must not be called at the moment of dialling, once for each time
    a number was shown, most first. */
  dial_refusals: ReasonCount[];
  /** Of the feed, at which this is true. */
  position: number;
  /** How old it is, in milliseconds. */
  age_ms: number;
}

export interface PhonebankFollowing {
  /** Voters who have joined the list since it was frozen, all arms. */
  joined: number;
  /** Of the feed: the queue follows up to it. */
  position: number;
  /** Milliseconds since the segment was last looked at. */
  age_ms: number;
  /** False: the segment was removed, and the queue stays as it is. */
  has_segment: boolean;
}

export interface PhonebankPass {
  /** How often these lines were tried. */
  attempts: number;
  /** How many there are. */
  lines: number;
  /** How many of them are still to be called. */
  left: number;
}

export interface PhonebankProgress {
  /** The minutes that had calls, oldest first. */
  minutes: CallsAt[];
}

export type PhonebankState = "open" | "paused" | "closed";

export interface PhonebankWaits {
  /** Waits; breaks of ten minutes are none. */
  counted: number;
  /** Half were shorter. */
  median_seconds: number;
  /** 95 of 100 were shorter. */
  most_seconds: number;
  /** The longest. */
  longest_seconds: number;
}

export interface Plan {
  /** The plan. */
  id: string;
  /** When. */
  made_at: string;
  /** How often its inputs had changed by then. */
  inputs: number;
  /** That it was made for. */
  budget_cents: number;
  /** What was booked then. */
  booked_cents: number;
  /** What it spends beyond that. */
  planned_cents: number;
  /** How many it has. */
  lines: number;
  /** That became commitments. */
  approved_lines: number;
  /** That somebody did not want. */
  rejected_lines: number;
  /** What was approved. */
  approved_cents: number;
  /** What it does and why (docs/formats/spending.md); null in lists. */
  document: JsonValue | null;
}

export interface PlanDifference {
  /** Where. */
  market: string;
  /** For what. */
  channel: string;
  /** Booked and planned in the older plan. */
  before_cents: number;
  /** In this one. */
  after_cents: number;
}

export interface PlanDifferences {
  /** The largest difference first. */
  items: PlanDifference[];
}

export interface PlanExperimentInput {
  /** The share that says yes without the treatment; where sd is given, not used. */
  control_mean?: number;
  /** The outcome's standard deviation, where it is no share. */
  sd?: number | null;
  /** What contact is expected to change. */
  effect?: number;
  /** In all arms together, if that is given. */
  voters?: number | null;
  /** The chance to see the effect. */
  power?: number;
  /** Of the voters. */
  treated_share?: number;
  /** The share of the outcome's variance that is known before (R2). */
  explained?: number;
  /** Voters drawn as one. */
  cluster_size?: number;
  /** Within what was drawn as one. */
  cluster_correlation?: number;
  /** The share that calls reach; 1 with a placebo. */
  contact?: number;
  /** The share whose outcome will be known. */
  answering?: number;
}

export interface PlanLine {
  /** Its number in the plan. */
  line: number;
  /** Where. */
  market: string;
  /** For what. */
  channel: string;
  /** When. */
  week: number;
  /** To be spent beyond what is booked. */
  cents: number;
  /** What one more unit of money there brings. */
  marginal: number;
  /** proposed, approved or rejected. */
  state: string;
  /** Who decided. */
  decided_by: string | null;
  /** What it became. */
  commitment: string | null;
}

export interface PlanLines {
  /** In the plan's order. */
  items: PlanLine[];
}

export type PlanObjective = "win_probability" | "expected_weight" | "net_votes" |
    "robust_win_probability";

export interface Planning {
  /** How often the inputs of plans have changed. */
  inputs: number;
  /** Those of the last try to plan. */
  tried_inputs: number;
  /** Why there is no plan for them. */
  problem: string | null;
  /** The newest plan. */
  newest: string | null;
}

export type PollMethod = "half_life" | "tracker";

export interface PortraySegmentInput {
  /** A saved segment, or: */
  segment?: string | null;
  /** a rule as JSON; {} is everybody. */
  rule?: JsonValue | null;
  /** Categories such as "party", and "age_band"; counties have their state. */
  breakdowns?: string[];
  /** Scores such as "support_score". */
  scores?: string[];
}

export type Presence = "on_call" | "ready" | "resting" | "away";

export interface PreviewColumn {
  /** The column's name in the file. */
  name: string;
  /** text, integer, date, phone, email, zip or name; empty: it has no value. */
  type: string;
  /** Of a date: "MM/DD/YYYY". */
  format: string;
  /** Up to five different values. */
  samples: string[];
  /** Values that mean nothing. */
  null_tokens: string[];
  /** Rows without a value, of those looked at. */
  empty: number;
  /** What is taken of its text, or the form of its dates; empty: all of it. */
  choice: string;
  /** What it becomes; empty: it is not kept. */
  target: string;
  /** The layout does not take it; the target is what its name says. */
  proposal: boolean;
}

export interface PreviewMappingInput {
  /** What the upload answered. */
  upload: string;
  /** A layout's name. */
  layout: string;
  /** As an import would get it. */
  mapping?: ColumnMapping[];
}

export interface PreviewRow {
  /** The row's line in the file. */
  line: number;
  /** What is not empty. */
  values: PreviewRowValues[];
}

export interface PreviewRowValues {
  /** The field of the voter, vote or score. */
  field: string;
  /** What it becomes. */
  value: string;
}

export interface PreviewUploadInput {
  /** What the upload answered. */
  upload: string;
  /** A layout's name; without it the best is found out. */
  layout?: string | null;
}

export interface Priorities {
  /** Who comes first; the first step decides, among equals the next. Promised callbacks come
    before all. */
  steps: PriorityStep[];
  /** When the lines last took their places from it. */
  reckoned_at: string | null;
  /** The lines by place, those that come first at the top. */
  levels: PriorityLevel[];
}

export interface PriorityLevel {
  /** By step: 1 in the group, 0 not; of a score 9 the tens that come first, 0 last. */
  parts: number[];
  /** How many lines. */
  lines: number;
  /** How many of them are still to be called. */
  left: number;
}

export interface PriorityStep {
  /** Who is in this segment comes first. */
  segment: string | null;
  /** Who is on this list comes first. */
  list: string | null;
  /** Of the list; empty: all but the hold-out. */
  arm: string;
  /** By this score, in tens. */
  score: string;
  /** Of a score: the lowest first. */
  lowest_first: boolean;
  /** What the segment, list or score is called. */
  name: string;
}

export interface PriorityStepInput {
  /** Who is in this segment comes first. */
  segment?: string | null;
  /** Who is on this list comes first. */
  list?: string | null;
  /** Of the list; left out: all but the hold-out. */
  arm?: string;
  /** By a score, in tens: support_score, turnout_score, persuadability or score:climate. Who has
    none comes last. */
  score?: string;
  /** Of a score; left out: the highest first. */
  lowest_first?: boolean;
}

export interface Provenance {
  /** The import. */
  import: string;
  /** The file's name. */
  file_name: string;
  /** The line in it. */
  line: number;
  /** Whose id it is. */
  source: string;
  /** The id in the file. */
  external_id: string;
  /** When it was imported. */
  at: string;
  /** The row as received; not of a protected voter. */
  raw: string | null;
}

export interface PutScoresInput {
  /** What people call this run. */
  run: string;
  /** Whose ids the rows have: nc. */
  source: string;
  /** Larger sets come as a file, by an import. */
  rows: ScoreRow[];
}

export interface PutUploadInput {
  /** The file's name. */
  name: string;
}

export interface Question {
  /** The question. */
  id: string;
  /** What rules and results call it. */
  key: string;
  /** choice, scale, text, multiple or number. */
  kind: QuestionKind;
  /** As it is asked. */
  text: string;
  /** A choice is its place here, from 1. */
  choices: string[];
  /** Where an answer leads, if not to the next. */
  branches: Branch[];
  /** Choices are shown from another one on to each voter. */
  rotates: boolean;
  /** It is asked only if one of these holds; none: always. */
  asked_if: QuestionAlternative[];
}

export interface QuestionAlternative {
  /** What must hold together. */
  all: QuestionCondition[];
}

export interface QuestionCondition {
  /** The key of an earlier question with choices. */
  question: string;
  /** The choice from 1, of several one of those chosen; 0 for declined. */
  choice: number;
  /** It was not answered so, or not at all. */
  is_not?: boolean;
}

export interface QuestionCounts {
  /** As it is asked. */
  question: string;
  /** Its key. */
  key: string;
  /** Who would not say. */
  declined: number;
  /** In their order. */
  choices: ChoiceCount[];
}

export interface QuestionEstimates {
  /** The question's key. */
  key: string;
  /** Its newest words. */
  text: string;
  /** Voters who answered. */
  n: number;
  /** Voters who would not say; not in n. */
  declined: number;
  /** Whether the margins fit. */
  is_weighted: boolean;
  /** Whether a sample's design weights are in them. */
  sample: boolean;
  /** Whether intervals know how many could have been drawn (finite population). */
  finite: boolean;
  /** Of the weights (Kish). */
  design_effect: number | null;
  /** n over the design effect. */
  effective_n: number | null;
  /** The smallest weight, over the mean. */
  weight_least: number | null;
  /** The largest. */
  weight_most: number | null;
  /** Of raking, until all margins fitted. */
  rounds: number;
  /** Weights that were trimmed. */
  trimmed: number;
  /** In their order. */
  choices: ChoiceEstimate[];
  /** Of numbers, weighted where there are weights. */
  mean: ShareEstimate | null;
  /** What was weighted to. */
  margins: SurveyMargin[];
  /** Categories below 2 % of the people, put together. */
  merged: string[];
  /** By day, of the followed choices. */
  trend: SurveyTrendDay[];
  /** What became of those who were to be asked. */
  states: ResponseStates;
  /** What is wrong, or cannot be said yet. */
  sentences: string[];
  /** The feed position of the numbers. */
  position: number;
  /** Milliseconds since it was certain that nothing newer was there. */
  age_ms: number;
}

export interface QuestionInput {
  /** Small letters, digits and _. The same key is the same question in every script. */
  key: string;
  /** choice, scale (lowest first), text, multiple or number. */
  kind: QuestionKind;
  /** As it is asked. */
  text: string;
  /** At least two; none for text and number. */
  choices?: string[];
  /** Where an answer leads; else to the next. */
  branches?: Branch[];
  /** Shows the choices from another one on to each voter. */
  rotates?: boolean;
  /** Asks it only if one of these holds; none: always. */
  asked_if?: QuestionAlternative[];
}

export type QuestionKind = "choice" | "scale" | "text" | "multiple" | "number";

export interface QuestionName {
  /** As rules name it. */
  key: string;
  /** The question. */
  text: string;
}

export interface QuestionResults {
  /** The question. */
  question: string;
  /** Its key. */
  key: string;
  /** Its newest words. */
  text: string;
  /** Voters who answered. */
  n: number;
  /** Voters who would not say; not in n. */
  declined: number;
  /** In their order; none for free words. */
  choices: ChoiceShare[];
}

export interface QuestionWords {
  /** The question. */
  key: string;
  /** As it is asked; empty: as in the script's own language. */
  text?: string;
  /** As many as the question has, or none. */
  choices?: string[];
}

export interface ReadRuleInput {
  /** The rule as a line of text, or: */
  text?: string | null;
  /** The rule as JSON. */
  rule?: JsonValue | null;
  /** With text: offers what may be written at this character, from 0. */
  complete_at?: number | null;
}

export interface ReasonCount {
  /** Why. */
  reason: string;
  /** How many. */
  count: number;
}

export interface RecordAnswersInput {
  /** A uuid that the program makes for each batch: the same again gives the first answer. */
  key: string;
  /** All of them are recorded, or none. */
  answers: BatchAnswerInput[];
}

export interface RecordConsentInput {
  /** The voter. */
  id: string;
  /** What for. */
  purpose: ConsentPurpose;
  /** By what. */
  channel: ConsentChannel;
  /** given or withdrawn. */
  state: ConsentState;
  /** How the campaign knows. */
  source: string;
  /** Where the proof is. */
  evidence?: string | null;
  /** When it was said; now if left out. */
  at?: string | null;
}

export interface RecordResultInput {
  /** A UUID that the page makes for each result: sent again, it is stored once. */
  key: string;
  /** The lease. */
  lease: string;
  /** Its epoch. */
  epoch: number;
  /** Those whom the call was about. */
  voters: VoterResultInput[];
  /** When to call back; with callback only. */
  callback_at?: string | null;
  /** Who calls back; anyone if left out. */
  callback_by?: CallbackBy | null;
}

export interface RecordValue {
  /** The identity. */
  home: string;
  /** Whose record it is. */
  source: string;
  /** What it says. */
  value: string;
  /** The row that says so. */
  row: IdentityRow;
}

export interface RecordValueRow {
  /** The import. */
  import: string;
  /** The file's name. */
  file_name: string;
  /** The line in it; 0: repeated by a later file whose line was not kept. */
  line: number;
  /** When it was imported. */
  at: string;
}

export interface RecordedAnswers {
  /** How many were recorded. */
  answers: number;
  /** Of how many voters. */
  voters: number;
  /** They were recorded before, under this key. */
  repeat: boolean;
}

export interface RegisterOutcomeInput {
  /** The experiment. */
  id: string;
  /** What else it is judged by. */
  outcome: ExperimentOutcome;
  /** Decides from now on; the one before stays to be seen. */
  is_primary?: boolean;
  /** Why it was not registered with the start. */
  reason: string;
}

export interface RegisteredOutcome {
  /** Which of the experiment's outcomes. */
  number: number;
  /** What decides; the others are beside it. */
  is_primary: boolean;
  /** What is looked at. */
  outcome: ExperimentOutcome;
  /** Why it was registered after the start; empty: with the start. */
  reason: string;
  /** When it was registered. */
  at: string;
  /** When another one replaced it as primary. */
  withdrawn_at: string | null;
}

export interface Reject {
  /** The line's number in the file, from 1. */
  line: number;
  /** Where it begins in the file. */
  byte_offset: number;
  /** The column; null: the whole row. */
  column: string | null;
  /** Why it was not taken. */
  reason: string;
  /** The line as received. */
  raw: string;
}

export interface ReleaseCallerInput {
  /** The phone bank. */
  id: string;
  /** The caller. */
  person: string;
}

export interface ReleaseLineInput {
  /** The lease. */
  lease: string;
  /** Its epoch. */
  epoch: number;
  /** skipped, break or technical. */
  reason: ReleaseReason;
}

export type ReleaseReason = "skipped" | "break" | "technical";

export interface RemoveLimitInput {
  /** The limit. */
  id: string;
}

export interface RemoveLiveInputInput {
  /** The live input. */
  name: string;
}

export interface RemoveSegmentInput {
  /** The segment. */
  id: string;
}

export interface RenewListInput {
  /** The list to draw again. */
  id: string;
  /** What people call the new one. */
  name: string;
}

export interface ResponseStates {
  /** Answered the question. */
  complete: number;
  /** Answered others, or would not say. */
  partial: number;
  /** Refused, or broke off. */
  refused: number;
  /** Known to be there, not spoken with. */
  no_contact: number;
  /** Language. */
  other: number;
  /** Nobody answered. */
  unknown: number;
  /** Moved, died, or not their number. */
  ineligible: number;
  /** Not called yet; in no rate. */
  not_tried: number;
  /** AAPOR response rate 1. */
  rr1: number | null;
  /** AAPOR response rate 2. */
  rr2: number | null;
  /** AAPOR response rate 3. */
  rr3: number | null;
  /** AAPOR cooperation rate 1. */
  cooperation: number | null;
  /** AAPOR refusal rate 1. */
  refusal: number | null;
  /** AAPOR contact rate 1. */
  contact: number | null;
}

export interface RevokeJoinLinkInput {
  /** The join link. */
  id: string;
}

export interface Room {
  /** Of this state's callers; empty: of anybody. */
  state: string;
  /** Of callers who speak it. */
  language: string;
  /** Of this team. */
  team: string;
  /** Callers whose own room has no work may come. */
  takes_guests: boolean;
}

export interface RuleCompletion {
  /** What to put there. */
  text: string;
  /** What it is; may be empty. */
  title: string;
}

export interface RuleNote {
  /** What people must know. */
  text: string;
  /** Where it stands. */
  source: string;
}

export interface RuleProblem {
  /** What is wrong, what was expected, and what may have been meant. */
  sentence: string;
  /** Of JSON: the place in it, e.g. "rule.all[1].in". */
  where: string;
  /** Of a text: its line, from 1. */
  line: number;
  /** Of a text: the character of the line, from 1. */
  column: number;
  /** Of a text: the character where it begins, from 0. */
  from: number;
  /** How many characters are wrong. */
  length: number;
  /** Of a text: what may stand there. */
  expected: string[];
}

export interface RuleReading {
  /** The rule as JSON; null if it could not be read. */
  rule: JsonValue | null;
  /** The rule as one line, written in the usual way; null if it could not be read. */
  text: string | null;
  /** Why it could not be read, or cannot be used. */
  problems: RuleProblem[];
  /** The character from which a completion replaces what is written. */
  complete_from: number;
  /** What may be written there. */
  completions: RuleCompletion[];
}

export type SampleAllocation = "proportional" | "equal";

export interface SampleFigures {
  /** Its members. */
  voters: number;
  /** From how many strata. */
  strata: number;
  /** From how many clusters. */
  clusters: number;
  /** Of the design weights: what the sample estimates its frame at. */
  weight_sum: number;
  /** The smallest design weight. */
  weight_least: number;
  /** The largest. */
  weight_most: number;
  /** Of unequal weights alone (Kish). */
  design_effect: number;
  /** Members over that design effect. */
  effective_n: number;
}

export type SampleMethod = "simple" | "stratified" | "clustered" | "by_size";

export interface SaveDispositionInput {
  /** A built-in one, or small letters, digits and _. */
  key: string;
  /** What callers read; of the campaign's own only. */
  title?: string | null;
  /** Whose effects it has; of the campaign's own only. */
  base?: Disposition | null;
  /** Its result code in VAN. */
  van_code?: number | null;
  /** Callers may choose it; of the campaign's own only. */
  offered?: boolean;
}

export interface SaveFormInput {
  /** What the link ends with. */
  token: string;
  /** As it was opened with. */
  browser?: string;
  /** All so far. */
  answers: AnswerInput[];
  /** Sends them: nothing can be changed afterwards. */
  done?: boolean;
}

export interface SaveScriptInput {
  /** The script. */
  id: string;
  /** What people call it. */
  name: string;
  /** What is said first. */
  introduction?: string;
  /** What is said last. */
  closing?: string;
  /** In their order. */
  questions?: QuestionInput[];
  /** Of the words above. */
  language?: string;
  /** The same in other languages. */
  translations?: Translation[];
}

export interface ScoreDistribution {
  /** As asked for. */
  score: string;
  /** How many voters have it; null: hidden. */
  known: number | null;
  /** Of those who have it. */
  mean: number | null;
  /** How many have 0 to 4, 5 to 9, … 95 to 100; null: hidden. */
  bins: (number | null)[];
  /** The scores that 10, 25, 50, 75 and 90 % do not exceed. */
  quantiles: (number | null)[];
}

export interface ScoreRow {
  /** The voter's id in the source. */
  external_id: string;
  /** 0 to 100. */
  support?: number | null;
  /** 0 to 100. */
  turnout?: number | null;
  /** 0 to 100. */
  persuadability?: number | null;
  /** Further scores by name. */
  other?: ScoreRowOther[];
}

export interface ScoreRowOther {
  /** Small letters, digits, underscores: climate. */
  name: string;
  /** Any number. */
  value: number;
}

export interface ScoreRun {
  /** The run: an import, which can be undone as any. */
  id: string;
  /** What people call it. */
  run: string;
  /** running, published, failed, cancelled, tried or undone. */
  state: string;
  /** Rows that it held. */
  rows: number;
  /** Voters who had no scores. */
  voters_new: number;
  /** Voters whose scores are others since. */
  voters_changed: number;
  /** Rows of ids that no voter file has. */
  unknown_ids: number;
  /** The same rows came before, as this run: nothing was done. */
  repeat: boolean;
  /** Why it failed. */
  error: string | null;
  /** When it began. */
  at: string;
}

export interface Script {
  /** The script. */
  id: string;
  /** What people call it. */
  name: string;
  /** Grows with each saving. */
  version: number;
  /** What is said first. */
  introduction: string;
  /** What is said last. */
  closing: string;
  /** In the order in which they are asked. */
  questions: Question[];
  /** Of the words above. */
  language: string;
  /** The same in other languages. */
  translations: Translation[];
  /** When this version was saved. */
  saved_at: string;
}

export interface ScriptVersion {
  /** As it was read to voters. */
  script: Script;
  /** Who wrote it. */
  saved_by_name: string;
}

export interface SearchVotersInput {
  /** "last, first" or "first last", with typos too; an address, a telephone number, an e-mail
    address, or an id. */
  query?: string | null;
  /** Only this county. */
  county?: string | null;
  /** Of the page before. */
  cursor?: string | null;
  /** How many. */
  limit?: number;
}

export interface Segment {
  /** The segment. */
  id: string;
  /** What people call it. */
  name: string;
  /** Counts its changes, from 1. */
  version: number;
  /** The rule as JSON. */
  rule: JsonValue;
  /** The rule as one line. */
  text: string;
  /** How many voters match. */
  count: number;
  /** How many households they live in. */
  households: number;
  /** How many of them have a number. */
  with_phone: number;
  /** The feed position of the numbers. */
  position: number;
  /** Milliseconds since it was certain that nothing newer was there. */
  age_ms: number;
  /** When it was last changed. */
  updated_at: string;
}

export interface SegmentAnswerShare {
  /** A choice of the question. */
  choice: string;
  /** How many chose it last; null: hidden. */
  count: number | null;
  /** Of those who chose; null: hidden, or nobody did. */
  share: number | null;
  /** The 95 % interval (Wilson) from … */
  low: number | null;
  /** … to. */
  high: number | null;
}

export interface SegmentAnswers {
  /** The question. */
  text: string;
  /** How many chose something: what the shares are of. */
  n: number | null;
  /** How many answered without a choice. */
  declined: number | null;
  /** How many voters match. */
  whole: number | null;
  /** In the question's order. */
  choices: SegmentAnswerShare[];
  /** Numbers below it are hidden from this role; 0: none. */
  hidden_below: number;
  /** The feed position of the numbers. */
  position: number;
  /** Milliseconds since it was certain that nothing newer was there. */
  age_ms: number;
}

export interface SegmentBreakdown {
  /** As asked for. */
  by: string;
  /** The values that some voter has, most voters first; age bands by age. */
  cells: SegmentCell[];
}

export interface SegmentCalls {
  /** The segment. */
  segment: string;
  /** Its name. */
  name: string;
  /** Voters in it now who were called here. */
  voters: number;
  /** Tries to reach them. */
  calls: number;
  /** Those on which they spoke. */
  conversations: number;
}

export interface SegmentCell {
  /** The value; empty for unknown. */
  value: string;
  /** Of a county: its state; else empty. */
  state: string;
  /** How many voters have it; null: too few to be shown to this role, or hidden so that those do
    not follow from the sum. */
  count: number | null;
  /** Their mean support score; null if none has one, or hidden. */
  support_mean: number | null;
}

export interface SegmentComparison {
  /** The one. */
  a: SegmentPortrait;
  /** The other, at the same feed position. */
  b: SegmentPortrait;
  /** How many are in both; null: hidden. */
  both: number | null;
  /** How many are in the one only. */
  a_only: number | null;
  /** How many are in the other only. */
  b_only: number | null;
}

export interface SegmentComposition {
  /** The segment. */
  id: string;
  /** How many voters match. */
  count: number;
  /** How many households they live in. */
  households: number;
  /** How many of them have a number. */
  with_phone: number;
  /** The means of their scores. */
  scores: SegmentMean[];
  /** How they divide, by each of some categories. */
  parts: SegmentPart[];
  /** The feed position of the numbers. */
  position: number;
  /** Milliseconds since it was certain that nothing newer was there. */
  age_ms: number;
}

export interface SegmentCount {
  /** How many voters match. */
  count: number;
  /** How many households they live in. */
  households: number;
  /** How many of them have a number. */
  with_phone: number;
  /** How many voters there are. */
  total: number;
  /** By the category asked for, most voters first. */
  groups: SegmentGroup[];
  /** The feed position of the numbers. */
  position: number;
  /** Milliseconds since it was certain that nothing newer was there. */
  age_ms: number;
  /** Microseconds that the count took. */
  took_us: number;
  /** Values of the rule that no voter has, with what may have been meant. */
  warnings: string[];
}

export interface SegmentExported {
  /** When. */
  at: string;
  /** Who took it, as people know them. */
  by: string;
  /** How many voters. */
  rows: number;
  /** The segment's version then. */
  version: number;
}

export interface SegmentGroup {
  /** The value; empty for unknown. */
  value: string;
  /** How many of the voters have it. */
  count: number;
  /** Their mean support score; null if none has one. */
  support_mean: number | null;
}

export interface SegmentMean {
  /** A score, such as "support_score". */
  field: string;
  /** How many of the voters have it. */
  known: number;
  /** Their mean; null if none has it. */
  mean: number | null;
}

export interface SegmentNumbers {
  /** The segment. */
  id: string;
  /** What people call it. */
  name: string;
  /** Counts its changes, from 1. */
  version: number;
  /** The rule as one line. */
  text: string;
  /** How many voters match; null: too few to be shown to this role. */
  count: number | null;
  /** How many households they live in. */
  households: number | null;
  /** How many of them have a number. */
  with_phone: number | null;
  /** The feed position of the numbers. */
  position: number;
  /** Milliseconds since it was certain that nothing newer was there. */
  age_ms: number;
  /** When it was last changed. */
  updated_at: string;
}

export interface SegmentOverlap {
  /** One for each segment; its own size on the diagonal. */
  rows: OverlapRow[];
  /** Numbers below it are hidden from this role; 0: none. */
  hidden_below: number;
  /** The feed position of the numbers. */
  position: number;
  /** Milliseconds since it was certain that nothing newer was there. */
  age_ms: number;
}

export interface SegmentPart {
  /** A category, such as "party". */
  field: string;
  /** Its values, most voters first. */
  values: SegmentPartValue[];
}

export interface SegmentPartValue {
  /** The value; empty for unknown. */
  value: string;
  /** How many of the voters have it. */
  count: number;
}

export interface SegmentPortrait {
  /** How many voters match; null: hidden. */
  count: number | null;
  /** How many households they live in. */
  households: number | null;
  /** How many of them have a number. */
  with_phone: number | null;
  /** How many could be called at this moment; the waterfall says why not the others. */
  callable: number | null;
  /** How many voters there are. */
  total: number;
  /** In the order asked for. */
  breakdowns: SegmentBreakdown[];
  /** In the order asked for. */
  distributions: ScoreDistribution[];
  /** Cells of fewer voters are hidden from this role; 0: none. */
  hidden_below: number;
  /** The feed position of the numbers. */
  position: number;
  /** Milliseconds since it was certain that nothing newer was there. */
  age_ms: number;
  /** Microseconds that the answer took. */
  took_us: number;
  /** Values of the rule that no voter has, with what may have been meant. */
  warnings: string[];
}

export interface SegmentVersion {
  /** Its number, from 1. */
  version: number;
  /** What it was called. */
  name: string;
  /** The rule as JSON. */
  rule: JsonValue;
  /** The rule as one line. */
  text: string;
  /** Who saved it, e.g. "person:3". */
  saved_by: string;
  /** When. */
  saved_at: string;
}

export interface SegmentWaterfall {
  /** How many match: all steps and `callable` together. */
  whole: number | null;
  /** The reasons in their order; each voter counts at the first that applies. */
  steps: WaterfallStep[];
  /** How many could be called at this moment. */
  callable: number | null;
  /** The hours meant, where the voter is: the phone banks', else the usual ones. */
  opens: string;
  /** Their end. */
  closes: string;
  /** Numbers below it are hidden from this role; 0: none. */
  hidden_below: number;
  /** The feed position of the numbers. */
  position: number;
  /** Milliseconds since it was certain that nothing newer was there. */
  age_ms: number;
  /** Microseconds that the answer took. */
  took_us: number;
}

export interface SendMessageInput {
  /** The phone bank. */
  id: string;
  /** What callers read. */
  text: string;
  /** For this caller alone. */
  person?: string | null;
  /** How long it is shown. */
  minutes?: number;
}

export interface ServerInfo {
  /** The program's version. */
  version: string;
  /** The server's clock. */
  time: string;
}

export interface Session {
  /** Who is signed in. */
  person: SessionPerson;
  /** What each write carries in X-Hustings-CSRF. */
  csrf: string;
  /** The phone bank that a caller joined. */
  phonebank: string | null;
  /** When the session ends unless it is used before. */
  expires_at: string;
}

export interface SessionPerson {
  /** The person. */
  id: string;
  /** Their name. */
  name: string;
  /** Null for callers who came by a join link. */
  email: string | null;
  /** What they may do. */
  role: "administrator" | "data_director" | "phonebank_lead" | "caller" | "analyst";
}

export interface SetExperimentCostInput {
  /** The experiment. */
  id: string;
  /** What contacting this arm costs; none: all arms together, which share it. */
  arm?: string | null;
  /** What contacting has cost so far. */
  cost_cents?: number | null;
  /** In place of cost_cents: the channel of the spending ledger under which it is booked. */
  channel?: string | null;
  /** Of these, from this week of the plan on. */
  from_week?: number | null;
  /** To this week. */
  to_week?: number | null;
}

export interface SetPhonebankFollowingInput {
  /** The phone bank. */
  id: string;
  /** Whether it follows from now on. */
  follows: boolean;
}

export interface SetPhonebankPaceInput {
  /** The phone bank. */
  id: string;
  /** Least time between two attempts. */
  retry_minutes?: number | null;
  /** After busy. */
  busy_minutes?: number | null;
  /** After a message was left. */
  message_minutes?: number | null;
  /** How long a number is lent. */
  lease_seconds?: number | null;
  /** Attempts on a line. */
  attempts_max?: number | null;
  /** First minute of the voter's day. */
  opens?: string | null;
  /** The minute after the last. */
  closes?: string | null;
  /** Lines tried less often come first. */
  whole_passes?: boolean | null;
  /** After a wrong or dead number the voter's next one is called at once, not only when the time
    between two attempts is over. */
  next_at_once?: boolean | null;
}

export interface SetPhonebankPrioritiesInput {
  /** The phone bank. */
  id: string;
  /** None: the list's own order. */
  steps: PriorityStepInput[];
}

export interface SetPhonebankStateInput {
  /** The phone bank. */
  id: string;
  /** open, paused or closed. */
  state: PhonebankState;
}

export interface SetRoomInput {
  /** The phone bank. */
  id: string;
  /** Of this state's callers. */
  state?: string;
  /** Of callers who speak it. */
  language?: string;
  /** Of this team. */
  team?: string;
  /** Callers whose own room has no work may come. */
  takes_guests?: boolean;
}

export interface SetSurvivorshipInput {
  /** The group. */
  group: string;
  /** official_first or newest_first. */
  policy: SurvivorshipPolicy;
}

export interface ShareEstimate {
  /** 0 to 1; of a mean, the number. */
  value: number;
  /** Where the 95 % interval begins. */
  lower: number | null;
  /** Where it ends. */
  upper: number | null;
}

export type SheetKind = "contests" | "markets" | "reach" | "counties" | "channels" | "rates" |
    "responses" | "measures" | "polls" | "poll_errors" | "correlations" | "limits" | "opponent" |
    "live";

export interface ShowOnBoardInput {
  /** Whether others see the caller. */
  shown: boolean;
}

export interface SignInInput {
  /** The e-mail address of the account. */
  email: string;
  /** The password. */
  password: string;
}

export interface SignInLink {
  /** Opens the program, signed in. Works once. */
  url: string;
  /** Until when it works. */
  expires_at: string;
}

export interface SpendLimit {
  /** The limit. */
  id: string;
  /** What people call it. */
  name: string;
  /** By law, or the campaign's own. */
  legal: boolean;
  /** Null: all of them; so for the others. */
  market: string | null;
  /** Where it holds. */
  channel: string | null;
  /** When it begins. */
  from_week: number | null;
  /** When it ends. */
  to_week: number | null;
  /** At least so much is planned. */
  floor_cents: number;
  /** At most so much is planned and booked. */
  cap_cents: number | null;
  /** So much is. */
  booked_cents: number;
}

export interface SpendingSettings {
  /** Of all amounts: three letters. */
  currency?: string;
  /** To be spent at most, all that is booked included. */
  budget_cents: number;
  /** Of week 1, such as 2026-09-07. */
  first_day?: string | null;
  /** How many; the last is that of the election. */
  weeks: number;
  /** What plans make as large as they can. */
  objective?: PlanObjective;
  /** The weight that wins; 0: more than half. */
  needed?: number;
  /** Of all polls together, in parts of the vote. */
  error_national?: number;
  /** Of a region. */
  error_regional?: number;
  /** Of a contest alone. */
  error_contest?: number;
  /** Fat tails: errors so many times as large. */
  scales?: number[];
  /** With these chances. */
  chances?: number[];
  /** Polls that ended longer ago say nothing. */
  poll_days?: number;
  /** Days in which a poll loses half its weight. */
  poll_half_life?: number;
  /** How polls become means: the newer the heavier, or by the tracker that follows opinion and
    pollsters. */
  poll_method?: PollMethod;
  /** Of the people, in markets drawn at random where nothing new is spent, so that effects can be
    measured. */
  explore_share?: number;
  /** Gives the same draw again. */
  explore_seed?: number;
  /** The scenario of the opponent's spending that counts. */
  opponent?: string | null;
  /** Who files reports. */
  committee?: Committee;
  /** What is booked; not written. */
  booked_cents?: number;
  /** How often the inputs of plans have changed; not written. */
  inputs?: number;
}

export interface SpendingState {
  /** By name. */
  contests: Contest[];
  /** By name. */
  markets: Market[];
  /** By name. */
  channels: Channel[];
  /** By name. */
  limits: SpendLimit[];
  /** What is read from the campaign's own work. */
  live: LiveInput[];
  /** Which contests' errors go together. */
  correlations: Correlations;
  /** Scenarios of the opponent's spending. */
  opponents: string[];
  /** What a plan still needs, as sentences. */
  missing: string[];
}

export interface SplitVoterInput {
  /** The voter. */
  id: string;
  /** The identities that are somebody else's. */
  homes: string[];
}

export interface StartImportInput {
  /** A layout's name, or auto; not for mended rows. */
  layout?: string | null;
  /** What the upload answered. */
  upload: string;
  /** Find out what the file would change, and change nothing. The upload stays. */
  dry_run?: boolean;
  /** How many of the known voters of its counties the file may lack; with more it is refused. */
  absent_share_max?: number;
  /** Fields that an empty value of this file does not clear. */
  blank_keeps?: string[];
  /** Columns that the layout would not find by itself. */
  mapping?: ColumnMapping[];
  /** The file holds rows that this import had rejected, mended: they are added to it. */
  mends?: string | null;
  /** Of scores: what people call the run. */
  run_name?: string | null;
}

export interface StartMatchRunInput {
  /** registry: everybody against everybody; new: what the newest files brought against all other
    sources. */
  scope?: string;
}

export interface StateHours {
  /** The state of the voter's address. */
  code: string;
  /** Monday first. */
  hours: DayHours[];
  /** Where it stands. */
  source: string;
}

export interface StoredResult {
  /** It is durable. */
  stored: boolean;
  /** The lease had ended; kept all the same. */
  late: boolean;
  /** It was stored before. */
  repeat: boolean;
}

export interface Strategy {
  /** Each way of contacting that an experiment measures, the newest first. */
  items: StrategyRow[];
  /** The least feed position of the numbers. */
  position: number;
  /** Milliseconds since it was certain that nothing newer was there. */
  age_ms: number;
}

export interface StrategyRow {
  /** Where it is measured. */
  experiment: string;
  /** That experiment's name. */
  name: string;
  /** How far it is. */
  state: ExperimentState;
  /** What it is judged by. */
  outcome: ExperimentOutcome;
  /** Who is contacted in which way. */
  arm: string;
  /** Voters. */
  assigned: number;
  /** Of these, spoken with. */
  contacted: number;
  /** Of these, whose outcome is known. */
  answered: number;
  /** What it changed, by voter; null: not known yet. */
  effect: Figure | null;
  /** What a conversation changed. */
  contact: Figure | null;
  /** The effect with its always-valid interval. */
  always: Figure | null;
  /** Answers still needed until it is known. */
  more_units: number | null;
  /** Cents for each conversation. */
  conversation_cents: number | null;
  /** What contacting has cost; of several arms without a cost of their own the share of their
    voters. */
  spent_cents: number | null;
  /** Cents for each vote or supporter. */
  cost: CostPerEffect | null;
  /** Net votes or supporters: the effect on all assigned. */
  gained: Figure | null;
  /** That it is better than nothing: its effect is above zero. */
  chance_better: number | null;
  /** That it is the best of those judged by the same outcome, and better than nothing. */
  chance_best: number | null;
  /** The best of the others that are judged by the same outcome; null: none. */
  rival: string | null;
  /** Its effect less that one's. */
  beside_rival: Figure | null;
  /** Answers still needed of both until it is known which is better; 0: it is known; null: there
    is no telling. */
  more_beside_rival: number | null;
  /** Voters of its locked hold-out who were called. */
  leaked: number;
}

export interface Suppression {
  /** The suppression. */
  id: string;
  /** Acts on this number, whoever has it. */
  number: string | null;
  /** Acts on this voter. */
  voter: string | null;
  /** do_not_call, wrong_number, disconnected, deceased, moved or already_voted. */
  reason: string;
  /** Where it comes from. */
  source: string;
  /** Since when. */
  at: string;
  /** Until when; null: it is in force. */
  ended_at: string | null;
}

export interface SuppressionFile {
  /** Lines that hold something. */
  lines: number;
  /** Different numbers. */
  numbers: number;
  /** Numbers that were not barred before. */
  added: number;
  /** Voters whom the added numbers belong to. */
  voters: number;
  /** Lines without a telephone number. */
  refused: number;
  /** The first of them, with their place. */
  refusals: string[];
}

export interface SurveyMargin {
  /** age, gender, party, county or state. */
  name: string;
  /** Its categories. */
  rows: MarginRow[];
}

export interface SurveyTrendDay {
  /** In UTC. */
  day: string;
  /** Answers of the day; null: none. */
  n: number | null;
  /** The share on that day alone. */
  value: number | null;
  /** Of the last seven days. */
  rolling: ShareEstimate | null;
  /** By a Kalman smoother over all days. */
  smooth: ShareEstimate;
}

export interface Survivorship {
  /** Groups of fields that come from one record together. */
  groups: FieldGroup[];
  /** After a change: how many people have several records; null: nothing changed. */
  persons: number | null;
}

export type SurvivorshipPolicy = "official_first" | "newest_first";

export interface TimelineChange {
  /** The column. */
  field: string;
  /** What was known; null: nothing. */
  before: string | null;
  /** What the file says; null: nothing. */
  after: string | null;
}

export interface TimelineEntry {
  /** When. */
  at: string;
  /** What: record_read and record_changed of files, else the feed's kind. */
  kind: string;
  /** Who did it. */
  actor: string;
  /** As people know them. */
  actor_name: string;
  /** The number that it is about. */
  number: string | null;
  /** What the feed says of it. */
  payload: JsonValue;
  /** The import of a file. */
  import: string | null;
  /** Its file. */
  file_name: string | null;
  /** Whose file. */
  source: string | null;
  /** The id in that file. */
  external_id: string | null;
  /** The row; 0: it repeated an earlier one. */
  line: number | null;
  /** What the file changed. */
  changes: TimelineChange[];
}

export interface TrackPoint {
  /** When; 1970 where the outcome has no time. */
  at: string;
  /** Voters or households that had answered. */
  units: number;
  /** The effect then. */
  value: number;
  /** The always-valid band. */
  lower: number;
  /** Its upper end. */
  upper: number;
  /** The interval for who looks but once. */
  fixed_lower: number;
  /** Its upper end. */
  fixed_upper: number;
}

export interface Translation {
  /** es, pt-BR */
  language: string;
  /** What is said first. */
  introduction?: string;
  /** What is said last. */
  closing?: string;
  /** What is translated of them. */
  questions?: QuestionWords[];
}

export interface TriedPlan {
  /** As a plan's (docs/formats/spending.md); nothing is kept. */
  document: JsonValue;
}

export interface TryPlanInput {
  /** Instead of the budget. */
  budget_cents?: number | null;
  /** Instead of the objective. */
  objective?: PlanObjective | null;
  /** Added to our share of the two parties in every contest. */
  swing_points?: number;
  /** Effects of channels that are tried out. */
  effects?: EffectWish[];
  /** Instead of the hold-out's share. */
  explore_share?: number | null;
}

export interface UndoDecisionInput {
  /** The decision. */
  id: string;
}

export interface UndoImportInput {
  /** The import. */
  id: string;
}

export interface Upload {
  /** What an import calls it. */
  upload: string;
  /** The file's size. */
  bytes: number;
  /** The file's digest. */
  sha256: string;
}

export interface UploadPreview {
  /** The file's name. */
  file_name: string;
  /** How the file was read. */
  layout: string;
  /** The layout, for people. */
  title: string;
  /** Which of the layout's spellings it has. */
  generation: string;
  /** voters, history or scores. */
  kind: string;
  /** Whose ids it uses. */
  source: string;
  /** The state of all rows; empty: a column says it. */
  state: string;
  /** How its letters are written. */
  encoding: string;
  /** What stands between fields. */
  delimiter: string;
  /** Its first row names the columns. */
  header: boolean;
  /** How many rows were looked at. */
  rows: number;
  /** How many of them an import would take. */
  rows_taken: number;
  /** The files that would be read. */
  parts: string[];
  /** Parts that the layout expects and that are not there. */
  missing: string[];
  /** Files that would not be read. */
  files_ignored: string[];
  /** Layouts that can read it, the best first. */
  guesses: LayoutGuess[];
  /** Its columns. */
  columns: PreviewColumn[];
  /** What the first rows become; none of protected voters. */
  results: PreviewRow[];
  /** The first rows that would not be taken. */
  problems: UploadPreviewProblems[];
  /** Why an import could not begin as the columns are mapped now. */
  refusal: string | null;
  /** What a column of such a file can be. */
  targets: string[];
  /** What can be taken of a column's text. */
  choices: string[];
  /** How dates can be written. */
  date_forms: string[];
  /** Fields that an empty value can clear or keep. */
  blank_fields: string[];
}

export interface UploadPreviewProblems {
  /** The row's line in the file. */
  line: number;
  /** The column; empty: the whole row. */
  column: string;
  /** Why the row would not be taken. */
  reason: string;
}

export interface UseSignInLinkInput {
  /** The secret in the link. */
  token: string;
  /** For the first administrator. */
  name?: string | null;
  /** For the first administrator. */
  email?: string | null;
  /** A new password; the first administrator must give one. */
  password?: string | null;
}

export interface Voter {
  /** The voter. */
  id: string;
  /** The name, as people read it. */
  name: VoterName;
  /** active, inactive, denied, removed, temporary or prospect. */
  status: string;
  /** Confidential by law: no address, no phone, never contacted. */
  protected: boolean;
  /** Year of birth. */
  birth_year: number | null;
  /** At the end of this year. */
  age: number | null;
  /** M, F or U, as registered. */
  gender: string | null;
  /** The file's code. */
  race: string | null;
  /** The file's code. */
  ethnicity: string | null;
  /** As registered. */
  party: string | null;
  /** The day of registration. */
  registered_on: string | null;
  /** Where they live. */
  address: VoterAddress;
  /** Where mail goes. */
  mail_address: string | null;
  /** Where registered. */
  county: string;
  /** District codes by name. */
  districts: Record<string, string>;
  /** Precinct. */
  precinct: string | null;
  /** Municipality. */
  municipality: string | null;
  /** Numbers, the best one first. */
  phones: VoterPhones[];
  /** From a model or a file; null: none. */
  scores: VoterScores | null;
  /** Who else lives at the address. */
  household: VoterHousehold[];
  /** Elections voted in, newest first. */
  votes: VoterVotes[];
  /** Tries to reach the voter, newest first. */
  attempts: VoterAttempt[];
  /** What they said, newest first. */
  answers: VoterAnswers[];
  /** Bars on contact. */
  suppressions: Suppression[];
  /** The rows that these values come from. */
  provenance: Provenance[];
  /** What happened, newest first. */
  history: VoterHistory[];
}

export interface VoterAddress {
  /** House number, street and unit. */
  street: string | null;
  /** City. */
  city: string | null;
  /** State. */
  state: string;
  /** ZIP. */
  zip5: string | null;
  /** The ZIP's further four digits. */
  zip4: string | null;
}

export interface VoterAnswers {
  /** What was asked. */
  question: string;
  /** What was said. */
  answer: string;
  /** When. */
  at: string;
}

export interface VoterAttempt {
  /** When. */
  at: string;
  /** The phone bank's name. */
  phonebank: string;
  /** How it ended. */
  disposition: string;
  /** Who called. */
  caller: string;
  /** What the caller noted. */
  note: string | null;
  /** What was said. */
  answers: VoterAttemptAnswers[];
}

export interface VoterAttemptAnswers {
  /** What was asked. */
  question: string;
  /** What was said. */
  answer: string;
}

export type VoterBy = "id" | "external_id" | "phone";

export interface VoterField {
  /** The field. */
  name: string;
  /** Fields that come from one record together. */
  group: string;
  /** It may be unknown. */
  may_be_blank: boolean;
  /** It can be put right by hand. */
  correctable: boolean;
  /** What the profile shows; null: nothing. */
  value: string | null;
  /** That the value comes from. */
  correction: string | null;
  /** In values, from 0: where the value comes from; null: from none of them. */
  place: number | null;
  /** What the records say, the newest first. */
  values: RecordValue[];
}

export interface VoterFields {
  /** The voter. */
  voter: string;
  /** Every field of the profile. */
  items: VoterField[];
}

export interface VoterHistory {
  /** The place in the feed. */
  position: number;
  /** When. */
  at: string;
  /** What happened. */
  kind: string;
  /** Who did it: person:3, or system. */
  actor: string;
  /** Who did it, for people. */
  actor_name: string;
  /** Which of the voter's numbers it is about; null: the voter. */
  number: string | null;
  /** More of it. */
  payload: JsonValue;
}

export interface VoterHousehold {
  /** The voter. */
  id: string;
  /** Their name. */
  name: string;
  /** At the end of this year. */
  age: number | null;
}

export interface VoterName {
  /** First name. */
  first: string;
  /** Middle name. */
  middle: string | null;
  /** Last name. */
  last: string;
  /** Jr, III. */
  suffix: string | null;
}

export interface VoterPhones {
  /** E.164. */
  number: string;
  /** unknown, reached, wrong or disconnected. */
  status: string;
  /** Why it may not be called. */
  suppressed: string | null;
}

export interface VoterResultInput {
  /** One of the lease's voters. */
  voter: string;
  /** What came of the call. */
  disposition: Disposition;
  /** What the voter answered. */
  answers?: AnswerInput[];
  /** For whoever calls next. */
  note?: string | null;
  /** One of the campaign's own dispositions; disposition is then its base. */
  own?: string | null;
}

export interface VoterRow {
  /** The voter. */
  id: string;
  /** First, middle, last name and suffix. */
  name: string;
  /** At the end of this year. */
  age: number | null;
  /** As registered. */
  party: string | null;
  /** Where registered. */
  county: string;
  /** Where they live. */
  city: string | null;
  /** Of the registration. */
  status: string;
  /** A number is known. */
  phone_present: boolean;
  /** Confidential by law: never shown, never contacted. */
  protected: boolean;
  /** Nobody has the name as it was typed; this one comes near. */
  similar: boolean;
}

export interface VoterScores {
  /** 0 to 100. */
  support: number | null;
  /** 0 to 100. */
  turnout: number | null;
  /** 0 to 100. */
  persuadability: number | null;
  /** Each score and the run that it is of. */
  all: VoterScoresAll[];
}

export interface VoterScoresAll {
  /** support, turnout, persuadability, or another's name. */
  name: string;
  /** The score. */
  value: number;
  /** The newest run that has it: an import. */
  run: string;
  /** What people call the run. */
  run_name: string;
}

export interface VoterSplit {
  /** The voter that the identities are now. */
  voter: string;
}

export interface VoterVotes {
  /** Its name. */
  election: string;
  /** Its day. */
  held_on: string;
  /** general, primary, municipal, runoff, special, other. */
  kind: string;
  /** election_day, early, mail, provisional, other. */
  method: string | null;
  /** The party voted in, in a primary. */
  party: string | null;
}

export interface VotersJoined {
  /** The voter that both are now. */
  voter: string;
  /** The decision, which can be taken back. */
  decision: string;
}

export interface WaterfallStep {
  /** Why they cannot be called now. */
  reason: Hindrance;
  /** How many for this reason and none before it. */
  count: number | null;
}

export interface WhyJoined {
  /** Who joined it: person:3, or system. */
  decided_by: string;
  /** The same, for people. */
  decided_by_name: string;
  /** When. */
  at: string;
  /** That it is the same person, as it was reckoned; null: a person knew it. */
  probability: number | null;
  /** The evidence, in bits by field; null: none. */
  bits: JsonValue | null;
}

/** What each endpoint takes and gives. */
export interface Endpoints {
  /** The program's version and clock. */
  getServer: {
    input: Record<string, never>;
    output: ServerInfo;
  };
  /** Signs in with e-mail address and password, and sets the session cookie. */
  signIn: {
    input: SignInInput;
    output: Session;
  };
  /** Signs in by a link that works once. */
  useSignInLink: {
    input: UseSignInLinkInput;
    output: Session;
  };
  /** Who is signed in. Moves the end of the cookie on. */
  getSession: {
    input: Record<string, never>;
    output: Session;
  };
  /** Ends the session. A caller's line is taken back. */
  signOut: {
    input: Record<string, never>;
    output: Empty;
  };
  /** The staff, in the order in which they were added. */
  listPeople: {
    input: ListPeopleInput;
    output: Page<Person>;
  };
  /** Adds a person to the staff. */
  addPerson: {
    input: AddPersonInput;
    output: Person;
  };
  /** Changes what is given, and ends the person's sessions. */
  changePerson: {
    input: ChangePersonInput;
    output: Person;
  };
  /** A link that signs a person in once, e.g. when a password is lost. */
  makeSignInLink: {
    input: MakeSignInLinkInput;
    output: SignInLink;
  };
  /** A link by which callers join a phone bank. */
  makeJoinLink: {
    input: MakeJoinLinkInput;
    output: JoinLink;
  };
  /** The join links of a phone bank, newest first, at most 200. */
  listJoinLinks: {
    input: ListJoinLinksInput;
    output: Page<JoinLink>;
  };
  /** Nobody can join by this link any more; those who joined stay. */
  revokeJoinLink: {
    input: RevokeJoinLinkInput;
    output: Empty;
  };
  /** What a caller sees before joining. */
  getJoinOffer: {
    input: GetJoinOfferInput;
    output: JoinOffer;
  };
  /** Joins a phone bank as a caller, and sets the session cookie. A browser in which staff are
    signed in is refused. */
  join: {
    input: JoinInput;
    output: Session;
  };
  /** The kinds of files that can be imported. */
  listLayouts: {
    input: Record<string, never>;
    output: Page<Layout>;
  };
  /** Brings a file to the server, to be imported within a day. */
  putUpload: {
    input: PutUploadInput & { file: Blob };
    output: Upload;
  };
  /** What an uploaded file looks like, before it is imported. */
  previewUpload: {
    input: PreviewUploadInput;
    output: UploadPreview;
  };
  /** The same, with columns that a person has named. Changes nothing. */
  previewMapping: {
    input: PreviewMappingInput;
    output: UploadPreview;
  };
  /** Imports an uploaded file in the background. */
  startImport: {
    input: StartImportInput;
    output: Import;
  };
  /** The imports, newest first. */
  listImports: {
    input: ListImportsInput;
    output: Page<Import>;
  };
  /** An import and how far it is. */
  getImport: {
    input: GetImportInput;
    output: Import;
  };
  /** Stops an import; nothing of it stays. */
  cancelImport: {
    input: GetImportInput;
    output: Import;
  };
  /** Takes a published import back, in the background: as if it had never been. */
  undoImport: {
    input: GetImportInput;
    output: Import;
  };
  /** The rows that an import did not take, by line. */
  listRejects: {
    input: ListRejectsInput;
    output: Page<Reject>;
  };
  /** The rows that an import did not take, as a CSV file. */
  downloadRejects: {
    input: DownloadRejectsInput;
    output: Blob;
  };
  /** The rows that an import did not take, in the form of its own file: to be mended and imported
    with `mends`. */
  downloadRejectedRows: {
    input: DownloadRejectsInput;
    output: Blob;
  };
  /** Adds a run of scores; the newest run that has a score of a voter counts. */
  putScores: {
    input: PutScoresInput;
    output: ScoreRun;
  };
  /** The runs of scores, newest first. */
  listScoreRuns: {
    input: ListImportsInput;
    output: Page<ScoreRun>;
  };
  /** Voters by name, address, number or id; if nobody has the name, those near. */
  searchVoters: {
    input: SearchVotersInput;
    output: Page<VoterRow>;
  };
  /** Everything that is known of a voter, and where it comes from. */
  getVoter: {
    input: GetVoterInput;
    output: Voter;
  };
  /** Bars a number or a voter from being contacted, everywhere at once. */
  addSuppression: {
    input: AddSuppressionInput;
    output: Suppression;
  };
  /** Ends a bar on contact; that it was in force stays on record. */
  endSuppression: {
    input: EndSuppressionInput;
    output: Suppression;
  };
  /** Bars every number of a file, one number a line: all of them or none. */
  importSuppressions: {
    input: ImportSuppressionsInput & { file: Blob };
    output: SuppressionFile;
  };
  /** Takes everybody whose ballot is in out of all phone banks, calls under way included: a list
    of ids, or a state's file with a header. */
  importAlreadyVoted: {
    input: ImportAlreadyVotedInput & { file: Blob };
    output: AlreadyVotedFile;
  };
  /** The numbers that are barred now, one a line. */
  exportSuppressions: {
    input: ExportSuppressionsInput;
    output: Blob;
  };
  /** What a voter allows the campaign to do, with its whole history. */
  listConsents: {
    input: ListConsentsInput;
    output: Consents;
  };
  /** Records a word on consent; a withdrawal holds everywhere at once. */
  recordConsent: {
    input: RecordConsentInput;
    output: Consents;
  };
  /** The records that are this person, and why. */
  listIdentities: {
    input: ListIdentitiesInput;
    output: Identities;
  };
  /** What a profile shows field by field, where it comes from, and what the other records say. */
  listVoterFields: {
    input: ListVoterFieldsInput;
    output: VoterFields;
  };
  /** What people have put right by hand on a voter's profile. */
  listCorrections: {
    input: ListCorrectionsInput;
    output: Corrections;
  };
  /** Puts values right by hand: they win over all files until the correction is ended. */
  correctVoter: {
    input: CorrectVoterInput;
    output: Corrections;
  };
  /** Ends a correction: what the records say counts again. */
  endCorrection: {
    input: EndCorrectionInput;
    output: CorrectionEnded;
  };
  /** Which record each group of fields is taken from, where a person has several. */
  getSurvivorship: {
    input: Record<string, never>;
    output: Survivorship;
  };
  /** Changes the policy of a group; all profiles with several records are written anew before the
    answer comes. */
  setSurvivorship: {
    input: SetSurvivorshipInput;
    output: Survivorship;
  };
  /** Everything that is known of a person, as a document for the person; that it was given is kept
    in the feed. */
  getEverything: {
    input: GetEverythingInput;
    output: Blob;
  };
  /** What an erasure of this person would take away. */
  getErasure: {
    input: GetErasureInput;
    output: Erasure;
  };
  /** Erases a person from every table, for good; the next file does not bring them back. */
  erasePerson: {
    input: ErasePersonInput;
    output: Erasure;
  };
  /** What happened to a voter, newest first: files, corrections, consent, bars, calls, joins. */
  getTimeline: {
    input: GetTimelineInput;
    output: Page<TimelineEntry>;
  };
  /** Pairs of voters who may be one person, the greatest gain first. */
  listMatches: {
    input: ListMatchesInput;
    output: Page<Match>;
  };
  /** How many pairs wait for a decision. */
  countMatches: {
    input: Record<string, never>;
    output: MatchCounts;
  };
  /** A pair with both records side by side, and why it may be one person. */
  getMatch: {
    input: GetMatchInput;
    output: MatchDetail;
  };
  /** Says of a pair that it is one person, or two, or that it shall wait. */
  decideMatch: {
    input: DecideMatchInput;
    output: MatchDecided;
  };
  /** Looks for records of one person, in the background. */
  startMatchRun: {
    input: StartMatchRunInput;
    output: MatchRun;
  };
  /** The runs, newest first. */
  listMatchRuns: {
    input: ListMatchRunsInput;
    output: Page<MatchRun>;
  };
  /** A run and how far it is. */
  getMatchRun: {
    input: GetMatchRunInput;
    output: MatchRun;
  };
  /** Stops a run; nothing of it stays. */
  cancelMatchRun: {
    input: GetMatchRunInput;
    output: MatchRun;
  };
  /** Whether a person is known: the voters it may be, with the evidence. */
  findMatch: {
    input: FindMatchInput;
    output: MatchFound;
  };
  /** Says that two voters are one person: they become one, until split again. */
  joinVoters: {
    input: JoinVotersInput;
    output: VotersJoined;
  };
  /** Says that identities are of another person: they become a voter of their own, and are never
    joined again by themselves. */
  splitVoter: {
    input: SplitVoterInput;
    output: VoterSplit;
  };
  /** What people have said about who this voter is, the newest first. */
  listDecisions: {
    input: ListDecisionsInput;
    output: Page<Decision>;
  };
  /** Takes a decision back, as if it had not been made. */
  undoDecision: {
    input: UndoDecisionInput;
    output: Empty;
  };
  /** What rules can ask about, with the values there are and their counts. */
  getFields: {
    input: Record<string, never>;
    output: Page<Field>;
  };
  /** Counts the voters that match a rule. */
  countSegment: {
    input: CountSegmentInput;
    output: SegmentCount;
  };
  /** The saved segments with their live counts, oldest first. */
  listSegments: {
    input: Record<string, never>;
    output: Page<Segment>;
  };
  /** Saves a rule as a segment. */
  createSegment: {
    input: CreateSegmentInput;
    output: Segment;
  };
  /** A segment with its numbers of now, which are kept at every moment. */
  getSegment: {
    input: GetSegmentInput;
    output: Segment;
  };
  /** Changes a segment's name or rule; it gets the next version. */
  editSegment: {
    input: EditSegmentInput;
    output: Segment;
  };
  /** Removes a segment that no other names; lists frozen from it stay. */
  removeSegment: {
    input: GetSegmentInput;
    output: Empty;
  };
  /** Every version of a segment, newest first; also of a removed one. */
  listSegmentVersions: {
    input: GetSegmentInput;
    output: Page<SegmentVersion>;
  };
  /** Who is in a segment: means of scores, and counts by state, county, party and more, kept at
    every moment. */
  getSegmentComposition: {
    input: GetSegmentCompositionInput;
    output: SegmentComposition;
  };
  /** Who matches: counts, who could be called now, composition, scores. */
  portraySegment: {
    input: PortraySegmentInput;
    output: SegmentPortrait;
  };
  /** From everybody who matches to who can be called now, by reason. */
  explainCallable: {
    input: ExplainCallableInput;
    output: SegmentWaterfall;
  };
  /** Two segments side by side, and how they overlap. */
  compareSegments: {
    input: CompareSegmentsInput;
    output: SegmentComparison;
  };
  /** How many voters each pair of segments shares. */
  overlapSegments: {
    input: OverlapSegmentsInput;
    output: SegmentOverlap;
  };
  /** How those who match answered a question, with n and intervals. */
  answersOfSegment: {
    input: AnswersOfSegmentInput;
    output: SegmentAnswers;
  };
  /** The saved segments with what this role may see of their numbers. */
  listSegmentNumbers: {
    input: Record<string, never>;
    output: AllSegmentNumbers;
  };
  /** A segment's numbers in the course of time, oldest first. */
  listSegmentCounts: {
    input: ListSegmentCountsInput;
    output: Page<PastSegmentCount>;
  };
  /** The voters of a segment as a CSV file; the feed keeps who took it. */
  exportSegment: {
    input: ExportSegmentInput;
    output: Blob;
  };
  /** Who took files of a segment's voters, newest first. */
  listSegmentExports: {
    input: ExportSegmentInput;
    output: Page<SegmentExported>;
  };
  /** Reads a rule from text or from JSON and shows it as both. */
  readRule: {
    input: ReadRuleInput;
    output: RuleReading;
  };
  /** The lists, newest first. */
  listLists: {
    input: ListListsInput;
    output: Page<List>;
  };
  /** Freezes a segment as it is now into a list. */
  freezeList: {
    input: FreezeListInput;
    output: List;
  };
  /** A list. */
  getList: {
    input: GetListInput;
    output: List;
  };
  /** Freezes the list's segment as it is now, drawn alike from the same seed. */
  renewList: {
    input: RenewListInput;
    output: List;
  };
  /** A sample's design weights, in figures. */
  getListSample: {
    input: GetListSampleInput;
    output: SampleFigures;
  };
  /** A sample's members with their chances and design weights, as CSV. */
  getListSampleFile: {
    input: GetListSampleInput;
    output: Blob;
  };
  /** Who joined and who left between an older list and this one, and why. */
  compareLists: {
    input: CompareListsInput;
    output: ListDifference;
  };
  /** The experiments, newest first. */
  listExperiments: {
    input: ListExperimentsInput;
    output: Page<Experiment>;
  };
  /** Begins an experiment on a list, and locks the list's hold-out. */
  beginExperiment: {
    input: BeginExperimentInput;
    output: Experiment;
  };
  /** Ends the contacts of an experiment, or the experiment. There is no way back. */
  moveExperiment: {
    input: MoveExperimentInput;
    output: Experiment;
  };
  /** Registers a further outcome, marked as later than the start. */
  registerOutcome: {
    input: RegisterOutcomeInput;
    output: Experiment;
  };
  /** Notes what contacting has cost, for the cost of each vote or supporter. */
  setExperimentCost: {
    input: SetExperimentCostInput;
    output: Experiment;
  };
  /** An experiment and what it shows, as answers come in. */
  getExperiment: {
    input: GetExperimentInput;
    output: ExperimentReport;
  };
  /** How many voters an experiment takes, or what so many voters can show. */
  planExperiment: {
    input: PlanExperimentInput;
    output: ExperimentPlan;
  };
  /** Answers to a question, weighted to the registry, with what they are worth. */
  getQuestionEstimates: {
    input: GetQuestionEstimatesInput;
    output: QuestionEstimates;
  };
  /** Web forms, the newest 200. */
  listForms: {
    input: Record<string, never>;
    output: Page<Form>;
  };
  /** A script as a web form that the voters of a list fill in themselves. */
  addForm: {
    input: AddFormInput;
    output: Form;
  };
  /** A web form and how far it is. */
  getForm: {
    input: GetFormInput;
    output: Form;
  };
  /** Ends a web form: nobody can fill it in any more. */
  closeForm: {
    input: GetFormInput;
    output: Form;
  };
  /** New personal links, as CSV, for everybody who is not done; earlier links of these end. */
  makeFormLinks: {
    input: GetFormInput;
    output: Blob;
  };
  /** A voter's web form. Needs no account and shows nothing of the voter. */
  openForm: {
    input: OpenFormInput;
    output: FormSheet;
  };
  /** Keeps a voter's answers to go on with later, or sends them. */
  saveForm: {
    input: SaveFormInput;
    output: FormSheet;
  };
  /** Answers from a CSV file, one row for each voter; at most 50,000 answers a file. */
  importAnswers: {
    input: ImportAnswersInput & { file: Blob };
    output: AnswerImport;
  };
  /** Answers that another program has asked for. Durable when it is answered; may be sent again. */
  recordAnswers: {
    input: RecordAnswersInput;
    output: RecordedAnswers;
  };
  /** An XLSForm (.xlsx) as a script, which is not saved yet. */
  readXlsform: {
    input: { file: Blob };
    output: FormReading;
  };
  /** Is the strategy working? What each way of contacting does, side by side. */
  getStrategy: {
    input: Record<string, never>;
    output: Strategy;
  };
  /** Measured effects by channel, in percentage points, as the spending side takes them
    (measures). */
  getStrategyMeasures: {
    input: Record<string, never>;
    output: Blob;
  };
  /** All scripts, the newest first. */
  listScripts: {
    input: Record<string, never>;
    output: Page<Script>;
  };
  /** Saves a new script. */
  addScript: {
    input: AddScriptInput;
    output: Script;
  };
  /** A script in its newest version. */
  getScript: {
    input: GetScriptInput;
    output: Script;
  };
  /** Saves the next version of a script; callers get it with their next page. */
  saveScript: {
    input: SaveScriptInput;
    output: Script;
  };
  /** Every version that a script had, newest first, at most 200. */
  listScriptVersions: {
    input: ListScriptVersionsInput;
    output: Page<ScriptVersion>;
  };
  /** Each voter's newest answer to a question, counted. */
  getQuestionResults: {
    input: GetQuestionResultsInput;
    output: QuestionResults;
  };
  /** The rules of each country with their sources, and which the campaign keeps. */
  getCallingRules: {
    input: Record<string, never>;
    output: CallingRuleBook;
  };
  /** Whose rules new phone banks start with; those that are there keep theirs. */
  chooseCallingRules: {
    input: ChooseCallingRulesInput;
    output: CallingRuleBook;
  };
  /** What a call may come to, with its effects and its code in VAN. */
  listDispositions: {
    input: Record<string, never>;
    output: Page<DispositionInfo>;
  };
  /** Adds or changes one of the campaign's own; the VAN code of a built-in one. */
  saveDisposition: {
    input: SaveDispositionInput;
    output: DispositionInfo;
  };
  /** The times between passes, and the hours. */
  getPhonebankPace: {
    input: GetPhonebankPaceInput;
    output: Pace;
  };
  /** New times, also while it runs; what is left out stays. */
  setPhonebankPace: {
    input: SetPhonebankPaceInput;
    output: Pace;
  };
  /** The lines by how often they were tried. */
  listPasses: {
    input: ListPassesInput;
    output: Page<PhonebankPass>;
  };
  /** Who comes first, and how many lines are left of each place. */
  getPhonebankPriorities: {
    input: GetPhonebankPrioritiesInput;
    output: Priorities;
  };
  /** Who comes first from now on, also while it runs; sent again, it is reckoned anew. */
  setPhonebankPriorities: {
    input: SetPhonebankPrioritiesInput;
    output: Priorities;
  };
  /** All phone banks, the newest first. */
  listPhonebanks: {
    input: Record<string, never>;
    output: Page<Phonebank>;
  };
  /** Makes a phone bank from a list; it is paused until it is opened. */
  addPhonebank: {
    input: AddPhonebankInput;
    output: Phonebank;
  };
  /** A phone bank with its live counters. */
  getPhonebank: {
    input: GetPhonebankInput;
    output: Phonebank;
  };
  /** Opens, pauses or closes it; results are taken in every state. */
  setPhonebankState: {
    input: SetPhonebankStateInput;
    output: Phonebank;
  };
  /** Follows the list's segment from now on, or leaves the queue as it is. */
  setPhonebankFollowing: {
    input: SetPhonebankFollowingInput;
    output: Phonebank;
  };
  /** Who calls here, the last seen first; who is away comes last. */
  listCallers: {
    input: ListCallersInput;
    output: Page<Caller>;
  };
  /** Calls and conversations of the last 120 minutes. */
  getPhonebankProgress: {
    input: GetPhonebankProgressInput;
    output: PhonebankProgress;
  };
  /** Everything that the caller's page shows at its start. */
  getCaller: {
    input: Record<string, never>;
    output: CallerStart;
  };
  /** The next number to call. */
  claimLine: {
    input: Record<string, never>;
    output: Claim;
  };
  /** What came of a call. Answered once it is durable; may be sent again. */
  recordResult: {
    input: RecordResultInput;
    output: StoredResult;
  };
  /** The number was not dialled: it goes back at once. */
  releaseLine: {
    input: ReleaseLineInput;
    output: Empty;
  };
  /** What was barred after it had been shown; live, so that no caller dials it. */
  getBars: {
    input: Record<string, never>;
    output: Bars;
  };
  /** A sign of life, every 30 seconds: a long call keeps its number. */
  heartbeat: {
    input: HeartbeatInput;
    output: HeartbeatAnswer;
  };
  /** Makes another of a result that the caller stored within ten minutes; bars that it brought are
    ended. */
  changeResult: {
    input: ChangeResultInput;
    output: ChangedResult;
  };
  /** Whether the number may be called at this very moment, and the call; sent again, it rings
    nobody a second time. */
  dial: {
    input: DialInput;
    output: Dialled;
  };
  /** Ends the call that the program makes for the caller. */
  hangUp: {
    input: HangUpInput;
    output: Empty;
  };
  /** How the caller's newest call stands; live. */
  getCall: {
    input: GetCallInput;
    output: CallNow;
  };
  /** Calls and conversations by the hour, of the last 14 days. */
  listPhonebankHours: {
    input: ListPhonebankHoursInput;
    output: Page<CallsAt>;
  };
  /** How long callers waited from a result to the next number they called, in the last 15
    minutes. */
  getPhonebankWaits: {
    input: ListPhonebankHoursInput;
    output: PhonebankWaits;
  };
  /** Calls and conversations by saved segment, of the newest 100,000 tries: the 50 newest segments
    with a voter who was called. */
  listSegmentCalls: {
    input: ListPhonebankHoursInput;
    output: Page<SegmentCalls>;
  };
  /** Signs of how each caller's calls went; signs, no verdicts. */
  listCallerQuality: {
    input: ListPhonebankHoursInput;
    output: Page<CallerQuality>;
  };
  /** Words for the callers; they see them within seconds. */
  sendMessage: {
    input: SendMessageInput;
    output: Empty;
  };
  /** Takes back the number that a caller holds; it waits as if it was dialled. */
  releaseCaller: {
    input: ReleaseCallerInput;
    output: Empty;
  };
  /** Sends a caller to another phone bank; the number they hold goes back. */
  moveCaller: {
    input: MoveCallerInput;
    output: Empty;
  };
  /** Whose room a phone bank is. */
  getRoom: {
    input: GetRoomInput;
    output: Room;
  };
  /** Makes a phone bank the room of a state, a language or a team. */
  setRoom: {
    input: SetRoomInput;
    output: Room;
  };
  /** Where a caller without work may go; rooms like the caller's own first. */
  listOtherRooms: {
    input: Record<string, never>;
    output: Page<OtherRoom>;
  };
  /** A caller without work goes to another room. */
  goToRoom: {
    input: GoToRoomInput;
    output: Empty;
  };
  /** Callers who want to be seen, by conversations, not by dials. */
  getBoard: {
    input: Record<string, never>;
    output: Board;
  };
  /** A caller wants to be seen on the board, or no longer. */
  showOnBoard: {
    input: ShowOnBoardInput;
    output: Board;
  };
  /** The whole loop in numbers, as the home page shows it. */
  getHome: {
    input: Record<string, never>;
    output: Home;
  };
  /** Budget, weeks, objective and errors that plans are made with. */
  spendingSettings: {
    input: Record<string, never>;
    output: SpendingSettings;
  };
  /** Changes the settings; plans so far are then older than their inputs. */
  saveSpendingSettings: {
    input: SpendingSettings;
    output: SpendingSettings;
  };
  /** Imports contests, markets, channels, prices, effects, polls or limits from CSV: all rows or
    none. */
  importSheet: {
    input: ImportSheetInput & { file: Blob };
    output: ImportedSheet;
  };
  /** Begins with the channels and effects that come with the program. */
  addPriors: {
    input: Record<string, never>;
    output: ImportedSheet;
  };
  /** The channels and effects that come with the program, with their sources. */
  downloadPriors: {
    input: Record<string, never>;
    output: Blob;
  };
  /** Takes a limit away. */
  removeLimit: {
    input: RemoveLimitInput;
    output: Empty;
  };
  /** Reads something of the campaign's own work no longer. */
  removeLiveInput: {
    input: RemoveLiveInputInput;
    output: Empty;
  };
  /** Which contests' own errors go together: a row and a column for each contest. */
  downloadCorrelations: {
    input: Record<string, never>;
    output: Blob;
  };
  /** Makes the contests' own errors independent again. */
  removeCorrelations: {
    input: Record<string, never>;
    output: Empty;
  };
  /** Which market each county lies in, for the map. */
  marketCounties: {
    input: Record<string, never>;
    output: MarketCounties;
  };
  /** What plans are made of: contests, markets, channels, limits. */
  spendingState: {
    input: Record<string, never>;
    output: SpendingState;
  };
  /** What is committed, invoiced and paid, newest first. */
  listCommitments: {
    input: ListCommitmentsInput;
    output: Page<Commitment>;
  };
  /** Books money for a market, channel and week; refused beyond any limit. */
  commitMoney: {
    input: CommitMoneyInput;
    output: Commitment;
  };
  /** An invoice, a payment or a release; refused beyond any limit. */
  enterMoney: {
    input: EnterMoneyInput;
    output: Commitment;
  };
  /** What happened to a commitment. */
  listEntries: {
    input: ListEntriesInput;
    output: LedgerEntries;
  };
  /** What is booked, invoiced and paid by market, channel and week. */
  ledgerSums: {
    input: Record<string, never>;
    output: LedgerSums;
  };
  /** Imports commitments, invoices and payments from CSV: all rows or none. */
  importLedger: {
    input: ImportLedgerInput & { file: Blob };
    output: ImportedLedger;
  };
  /** Every commitment as CSV. */
  downloadLedger: {
    input: Record<string, never>;
    output: Blob;
  };
  /** Payments in the form of the FEC's Schedule B or E, as CSV. */
  downloadSchedule: {
    input: DownloadScheduleInput;
    output: Blob;
  };
  /** The plans, newest first. */
  listPlans: {
    input: ListPlansInput;
    output: Page<Plan>;
  };
  /** A plan, what it does and why. */
  getPlan: {
    input: GetPlanInput;
    output: Plan;
  };
  /** How the planning stands. */
  planningState: {
    input: Record<string, never>;
    output: Planning;
  };
  /** Where a plan puts money, and who approved it. */
  listPlanLines: {
    input: ListPlanLinesInput;
    output: PlanLines;
  };
  /** Where two plans put different money. */
  comparePlans: {
    input: ComparePlansInput;
    output: PlanDifferences;
  };
  /** Approves or rejects lines; refused for a plan older than its inputs. */
  decidePlan: {
    input: DecidePlanInput;
    output: DecidedLines;
  };
  /** What the plan would be with another budget, objective or effect. */
  tryPlan: {
    input: TryPlanInput;
    output: TriedPlan;
  };
}

/** Where each endpoint is, and which fields go where. */
export const endpoints = {
  getServer: {
    method: "GET",
    path: "/v1/server",
    params: [],
    query: [],
    body: [],
  },
  signIn: {
    method: "POST",
    path: "/v1/session",
    params: [],
    query: [],
    body: ["email", "password"],
  },
  useSignInLink: {
    method: "POST",
    path: "/v1/session/link",
    params: [],
    query: [],
    body: ["token", "name", "email", "password"],
  },
  getSession: {
    method: "GET",
    path: "/v1/session",
    params: [],
    query: [],
    body: [],
  },
  signOut: {
    method: "DELETE",
    path: "/v1/session",
    params: [],
    query: [],
    body: [],
  },
  listPeople: {
    method: "GET",
    path: "/v1/people",
    params: [],
    query: ["cursor", "limit"],
    body: [],
  },
  addPerson: {
    method: "POST",
    path: "/v1/people",
    params: [],
    query: [],
    body: ["name", "email", "role", "password"],
  },
  changePerson: {
    method: "POST",
    path: "/v1/people/{id}",
    params: ["id"],
    query: [],
    body: ["role", "disabled", "password"],
  },
  makeSignInLink: {
    method: "POST",
    path: "/v1/people/{id}/sign-in-link",
    params: ["id"],
    query: [],
    body: [],
  },
  makeJoinLink: {
    method: "POST",
    path: "/v1/phonebanks/{id}/join-links",
    params: ["id"],
    query: [],
    body: ["hours_valid", "uses_max"],
  },
  listJoinLinks: {
    method: "GET",
    path: "/v1/phonebanks/{id}/join-links",
    params: ["id"],
    query: [],
    body: [],
  },
  revokeJoinLink: {
    method: "DELETE",
    path: "/v1/join-links/{id}",
    params: ["id"],
    query: [],
    body: [],
  },
  getJoinOffer: {
    method: "GET",
    path: "/v1/join/{code}",
    params: ["code"],
    query: [],
    body: [],
  },
  join: {
    method: "POST",
    path: "/v1/join",
    params: [],
    query: [],
    body: ["code", "name"],
  },
  listLayouts: {
    method: "GET",
    path: "/v1/layouts",
    params: [],
    query: [],
    body: [],
  },
  putUpload: {
    method: "PUT",
    path: "/v1/uploads",
    params: [],
    query: ["name"],
    body: [],
  },
  previewUpload: {
    method: "GET",
    path: "/v1/uploads/{upload}/preview",
    params: ["upload"],
    query: ["layout"],
    body: [],
  },
  previewMapping: {
    method: "POST",
    path: "/v1/uploads/{upload}/preview",
    params: ["upload"],
    query: [],
    body: ["layout", "mapping"],
  },
  startImport: {
    method: "POST",
    path: "/v1/imports",
    params: [],
    query: [],
    body: ["layout", "upload", "dry_run", "absent_share_max", "blank_keeps", "mapping", "mends",
    "run_name"],
  },
  listImports: {
    method: "GET",
    path: "/v1/imports",
    params: [],
    query: ["cursor", "limit"],
    body: [],
  },
  getImport: {
    method: "GET",
    path: "/v1/imports/{id}",
    params: ["id"],
    query: [],
    body: [],
  },
  cancelImport: {
    method: "POST",
    path: "/v1/imports/{id}/cancel",
    params: ["id"],
    query: [],
    body: [],
  },
  undoImport: {
    method: "POST",
    path: "/v1/imports/{id}/undo",
    params: ["id"],
    query: [],
    body: [],
  },
  listRejects: {
    method: "GET",
    path: "/v1/imports/{id}/rejects",
    params: ["id"],
    query: ["cursor", "limit"],
    body: [],
  },
  downloadRejects: {
    method: "GET",
    path: "/v1/imports/{id}/rejects.csv",
    params: ["id"],
    query: [],
    body: [],
  },
  downloadRejectedRows: {
    method: "GET",
    path: "/v1/imports/{id}/rejects.txt",
    params: ["id"],
    query: [],
    body: [],
  },
  putScores: {
    method: "POST",
    path: "/v1/scores",
    params: [],
    query: [],
    body: ["run", "source", "rows"],
  },
  listScoreRuns: {
    method: "GET",
    path: "/v1/scores/runs",
    params: [],
    query: ["cursor", "limit"],
    body: [],
  },
  searchVoters: {
    method: "GET",
    path: "/v1/voters",
    params: [],
    query: ["query", "county", "cursor", "limit"],
    body: [],
  },
  getVoter: {
    method: "GET",
    path: "/v1/voters/{id}",
    params: ["id"],
    query: [],
    body: [],
  },
  addSuppression: {
    method: "POST",
    path: "/v1/suppressions",
    params: [],
    query: [],
    body: ["number", "voter", "reason", "source"],
  },
  endSuppression: {
    method: "DELETE",
    path: "/v1/suppressions/{id}",
    params: ["id"],
    query: [],
    body: [],
  },
  importSuppressions: {
    method: "PUT",
    path: "/v1/suppressions/file",
    params: [],
    query: ["reason", "source"],
    body: [],
  },
  importAlreadyVoted: {
    method: "PUT",
    path: "/v1/suppressions/already-voted",
    params: [],
    query: ["source", "from", "column"],
    body: [],
  },
  exportSuppressions: {
    method: "GET",
    path: "/v1/suppressions/file",
    params: [],
    query: ["reason"],
    body: [],
  },
  listConsents: {
    method: "GET",
    path: "/v1/voters/{id}/consents",
    params: ["id"],
    query: [],
    body: [],
  },
  recordConsent: {
    method: "POST",
    path: "/v1/voters/{id}/consents",
    params: ["id"],
    query: [],
    body: ["purpose", "channel", "state", "source", "evidence", "at"],
  },
  listIdentities: {
    method: "GET",
    path: "/v1/voters/{id}/identities",
    params: ["id"],
    query: [],
    body: [],
  },
  listVoterFields: {
    method: "GET",
    path: "/v1/voters/{id}/fields",
    params: ["id"],
    query: [],
    body: [],
  },
  listCorrections: {
    method: "GET",
    path: "/v1/voters/{id}/corrections",
    params: ["id"],
    query: [],
    body: [],
  },
  correctVoter: {
    method: "POST",
    path: "/v1/voters/{id}/corrections",
    params: ["id"],
    query: [],
    body: ["fields"],
  },
  endCorrection: {
    method: "DELETE",
    path: "/v1/corrections/{id}",
    params: ["id"],
    query: [],
    body: [],
  },
  getSurvivorship: {
    method: "GET",
    path: "/v1/survivorship",
    params: [],
    query: [],
    body: [],
  },
  setSurvivorship: {
    method: "PUT",
    path: "/v1/survivorship",
    params: [],
    query: [],
    body: ["group", "policy"],
  },
  getEverything: {
    method: "GET",
    path: "/v1/voters/{id}/everything",
    params: ["id"],
    query: [],
    body: [],
  },
  getErasure: {
    method: "GET",
    path: "/v1/voters/{id}/erasure",
    params: ["id"],
    query: [],
    body: [],
  },
  erasePerson: {
    method: "POST",
    path: "/v1/voters/{id}/erasure",
    params: ["id"],
    query: [],
    body: ["reason"],
  },
  getTimeline: {
    method: "GET",
    path: "/v1/voters/{id}/timeline",
    params: ["id"],
    query: ["limit"],
    body: [],
  },
  listMatches: {
    method: "GET",
    path: "/v1/matches",
    params: [],
    query: ["state", "source", "probability_min", "same_source", "cursor", "limit"],
    body: [],
  },
  countMatches: {
    method: "GET",
    path: "/v1/matches/count",
    params: [],
    query: [],
    body: [],
  },
  getMatch: {
    method: "GET",
    path: "/v1/matches/{id}",
    params: ["id"],
    query: [],
    body: [],
  },
  decideMatch: {
    method: "POST",
    path: "/v1/matches/{id}/decide",
    params: ["id"],
    query: [],
    body: ["decision"],
  },
  startMatchRun: {
    method: "POST",
    path: "/v1/matches/runs",
    params: [],
    query: [],
    body: ["scope"],
  },
  listMatchRuns: {
    method: "GET",
    path: "/v1/matches/runs",
    params: [],
    query: ["cursor", "limit"],
    body: [],
  },
  getMatchRun: {
    method: "GET",
    path: "/v1/matches/runs/{id}",
    params: ["id"],
    query: [],
    body: [],
  },
  cancelMatchRun: {
    method: "POST",
    path: "/v1/matches/runs/{id}/cancel",
    params: ["id"],
    query: [],
    body: [],
  },
  findMatch: {
    method: "POST",
    path: "/v1/matches/find",
    params: [],
    query: [],
    body: ["first_name", "middle_name", "last_name", "suffix", "gender", "birth_year",
    "birth_month", "birth_day", "street", "city", "zip", "phone", "email", "limit",
    "probability_min"],
  },
  joinVoters: {
    method: "POST",
    path: "/v1/voters/{id}/join",
    params: ["id"],
    query: [],
    body: ["voter"],
  },
  splitVoter: {
    method: "POST",
    path: "/v1/voters/{id}/split",
    params: ["id"],
    query: [],
    body: ["homes"],
  },
  listDecisions: {
    method: "GET",
    path: "/v1/voters/{id}/decisions",
    params: ["id"],
    query: [],
    body: [],
  },
  undoDecision: {
    method: "POST",
    path: "/v1/decisions/{id}/undo",
    params: ["id"],
    query: [],
    body: [],
  },
  getFields: {
    method: "GET",
    path: "/v1/fields",
    params: [],
    query: [],
    body: [],
  },
  countSegment: {
    method: "POST",
    path: "/v1/segments/count",
    params: [],
    query: [],
    body: ["rule", "group_by"],
  },
  listSegments: {
    method: "GET",
    path: "/v1/segments",
    params: [],
    query: [],
    body: [],
  },
  createSegment: {
    method: "POST",
    path: "/v1/segments",
    params: [],
    query: [],
    body: ["name", "rule"],
  },
  getSegment: {
    method: "GET",
    path: "/v1/segments/{id}",
    params: ["id"],
    query: [],
    body: [],
  },
  editSegment: {
    method: "POST",
    path: "/v1/segments/{id}",
    params: ["id"],
    query: [],
    body: ["name", "rule", "version"],
  },
  removeSegment: {
    method: "DELETE",
    path: "/v1/segments/{id}",
    params: ["id"],
    query: [],
    body: [],
  },
  listSegmentVersions: {
    method: "GET",
    path: "/v1/segments/{id}/versions",
    params: ["id"],
    query: [],
    body: [],
  },
  getSegmentComposition: {
    method: "GET",
    path: "/v1/segments/{id}/composition",
    params: ["id"],
    query: [],
    body: [],
  },
  portraySegment: {
    method: "POST",
    path: "/v1/segments/portrait",
    params: [],
    query: [],
    body: ["segment", "rule", "breakdowns", "scores"],
  },
  explainCallable: {
    method: "POST",
    path: "/v1/segments/waterfall",
    params: [],
    query: [],
    body: ["segment", "rule"],
  },
  compareSegments: {
    method: "POST",
    path: "/v1/segments/compare",
    params: [],
    query: [],
    body: ["a", "a_rule", "b", "b_rule", "breakdowns", "scores"],
  },
  overlapSegments: {
    method: "POST",
    path: "/v1/segments/overlap",
    params: [],
    query: [],
    body: ["segments"],
  },
  answersOfSegment: {
    method: "POST",
    path: "/v1/segments/answers",
    params: [],
    query: [],
    body: ["segment", "rule", "question"],
  },
  listSegmentNumbers: {
    method: "GET",
    path: "/v1/segment-numbers",
    params: [],
    query: [],
    body: [],
  },
  listSegmentCounts: {
    method: "GET",
    path: "/v1/segments/{id}/counts",
    params: ["id"],
    query: ["days"],
    body: [],
  },
  exportSegment: {
    method: "GET",
    path: "/v1/segments/{id}/voters.csv",
    params: ["id"],
    query: [],
    body: [],
  },
  listSegmentExports: {
    method: "GET",
    path: "/v1/segments/{id}/exports",
    params: ["id"],
    query: [],
    body: [],
  },
  readRule: {
    method: "POST",
    path: "/v1/rules/read",
    params: [],
    query: [],
    body: ["text", "rule", "complete_at"],
  },
  listLists: {
    method: "GET",
    path: "/v1/lists",
    params: [],
    query: ["cursor", "limit"],
    body: [],
  },
  freezeList: {
    method: "POST",
    path: "/v1/lists",
    params: [],
    query: [],
    body: ["name", "segment", "size_max", "holdout_percent", "arms", "stratify_by",
    "one_per_household", "top_by", "sample", "seed"],
  },
  getList: {
    method: "GET",
    path: "/v1/lists/{id}",
    params: ["id"],
    query: [],
    body: [],
  },
  renewList: {
    method: "POST",
    path: "/v1/lists/{id}/renew",
    params: ["id"],
    query: [],
    body: ["name"],
  },
  getListSample: {
    method: "GET",
    path: "/v1/lists/{id}/sample",
    params: ["id"],
    query: [],
    body: [],
  },
  getListSampleFile: {
    method: "GET",
    path: "/v1/lists/{id}/sample.csv",
    params: ["id"],
    query: [],
    body: [],
  },
  compareLists: {
    method: "GET",
    path: "/v1/lists/{id}/difference",
    params: ["id"],
    query: ["older", "cursor", "limit"],
    body: [],
  },
  listExperiments: {
    method: "GET",
    path: "/v1/experiments",
    params: [],
    query: ["cursor", "limit"],
    body: [],
  },
  beginExperiment: {
    method: "POST",
    path: "/v1/experiments",
    params: [],
    query: [],
    body: ["name", "hypothesis", "list", "control", "is_placebo", "outcomes", "planned_units",
    "cost_cents", "key"],
  },
  moveExperiment: {
    method: "POST",
    path: "/v1/experiments/{id}/state",
    params: ["id"],
    query: [],
    body: ["state"],
  },
  registerOutcome: {
    method: "POST",
    path: "/v1/experiments/{id}/outcomes",
    params: ["id"],
    query: [],
    body: ["outcome", "is_primary", "reason"],
  },
  setExperimentCost: {
    method: "POST",
    path: "/v1/experiments/{id}/cost",
    params: ["id"],
    query: [],
    body: ["arm", "cost_cents", "channel", "from_week", "to_week"],
  },
  getExperiment: {
    method: "GET",
    path: "/v1/experiments/{id}",
    params: ["id"],
    query: ["outcome"],
    body: [],
  },
  planExperiment: {
    method: "POST",
    path: "/v1/experiments/power",
    params: [],
    query: [],
    body: ["control_mean", "sd", "effect", "voters", "power", "treated_share", "explained",
    "cluster_size", "cluster_correlation", "contact", "answering"],
  },
  getQuestionEstimates: {
    method: "GET",
    path: "/v1/questions/{key}/estimates",
    params: ["key"],
    query: ["margins", "yes", "phonebank", "list", "segment", "trim"],
    body: [],
  },
  listForms: {
    method: "GET",
    path: "/v1/forms",
    params: [],
    query: [],
    body: [],
  },
  addForm: {
    method: "POST",
    path: "/v1/forms",
    params: [],
    query: [],
    body: ["name", "list", "script", "expires_at"],
  },
  getForm: {
    method: "GET",
    path: "/v1/forms/{id}",
    params: ["id"],
    query: [],
    body: [],
  },
  closeForm: {
    method: "POST",
    path: "/v1/forms/{id}/close",
    params: ["id"],
    query: [],
    body: [],
  },
  makeFormLinks: {
    method: "POST",
    path: "/v1/forms/{id}/links",
    params: ["id"],
    query: [],
    body: [],
  },
  openForm: {
    method: "POST",
    path: "/v1/form/open",
    params: [],
    query: [],
    body: ["token", "browser"],
  },
  saveForm: {
    method: "POST",
    path: "/v1/form/answers",
    params: [],
    query: [],
    body: ["token", "browser", "answers", "done"],
  },
  importAnswers: {
    method: "PUT",
    path: "/v1/answers/file",
    params: [],
    query: ["voter_column", "by", "at_column", "questions", "dry_run"],
    body: [],
  },
  recordAnswers: {
    method: "POST",
    path: "/v1/answers",
    params: [],
    query: [],
    body: ["key", "answers"],
  },
  readXlsform: {
    method: "PUT",
    path: "/v1/scripts/xlsform",
    params: [],
    query: [],
    body: [],
  },
  getStrategy: {
    method: "GET",
    path: "/v1/strategy",
    params: [],
    query: [],
    body: [],
  },
  getStrategyMeasures: {
    method: "GET",
    path: "/v1/strategy/measures.csv",
    params: [],
    query: [],
    body: [],
  },
  listScripts: {
    method: "GET",
    path: "/v1/scripts",
    params: [],
    query: [],
    body: [],
  },
  addScript: {
    method: "POST",
    path: "/v1/scripts",
    params: [],
    query: [],
    body: ["name", "introduction", "closing", "questions", "language", "translations"],
  },
  getScript: {
    method: "GET",
    path: "/v1/scripts/{id}",
    params: ["id"],
    query: [],
    body: [],
  },
  saveScript: {
    method: "POST",
    path: "/v1/scripts/{id}",
    params: ["id"],
    query: [],
    body: ["name", "introduction", "closing", "questions", "language", "translations"],
  },
  listScriptVersions: {
    method: "GET",
    path: "/v1/scripts/{id}/versions",
    params: ["id"],
    query: [],
    body: [],
  },
  getQuestionResults: {
    method: "GET",
    path: "/v1/questions/{key}/results",
    params: ["key"],
    query: [],
    body: [],
  },
  getCallingRules: {
    method: "GET",
    path: "/v1/calling-rules",
    params: [],
    query: [],
    body: [],
  },
  chooseCallingRules: {
    method: "POST",
    path: "/v1/calling-rules/choice",
    params: [],
    query: [],
    body: ["country", "state_hours"],
  },
  listDispositions: {
    method: "GET",
    path: "/v1/dispositions",
    params: [],
    query: [],
    body: [],
  },
  saveDisposition: {
    method: "POST",
    path: "/v1/dispositions",
    params: [],
    query: [],
    body: ["key", "title", "base", "van_code", "offered"],
  },
  getPhonebankPace: {
    method: "GET",
    path: "/v1/phonebanks/{id}/pace",
    params: ["id"],
    query: [],
    body: [],
  },
  setPhonebankPace: {
    method: "POST",
    path: "/v1/phonebanks/{id}/pace",
    params: ["id"],
    query: [],
    body: ["retry_minutes", "busy_minutes", "message_minutes", "lease_seconds", "attempts_max",
    "opens", "closes", "whole_passes", "next_at_once"],
  },
  listPasses: {
    method: "GET",
    path: "/v1/phonebanks/{id}/passes",
    params: ["id"],
    query: [],
    body: [],
  },
  getPhonebankPriorities: {
    method: "GET",
    path: "/v1/phonebanks/{id}/priorities",
    params: ["id"],
    query: [],
    body: [],
  },
  setPhonebankPriorities: {
    method: "POST",
    path: "/v1/phonebanks/{id}/priorities",
    params: ["id"],
    query: [],
    body: ["steps"],
  },
  listPhonebanks: {
    method: "GET",
    path: "/v1/phonebanks",
    params: [],
    query: [],
    body: [],
  },
  addPhonebank: {
    method: "POST",
    path: "/v1/phonebanks",
    params: [],
    query: [],
    body: ["name", "list", "arm", "follows", "script", "retry_minutes", "lease_seconds",
    "attempts_max", "opens", "closes", "country", "state_hours", "consent", "priorities"],
  },
  getPhonebank: {
    method: "GET",
    path: "/v1/phonebanks/{id}",
    params: ["id"],
    query: [],
    body: [],
  },
  setPhonebankState: {
    method: "POST",
    path: "/v1/phonebanks/{id}/state",
    params: ["id"],
    query: [],
    body: ["state"],
  },
  setPhonebankFollowing: {
    method: "POST",
    path: "/v1/phonebanks/{id}/following",
    params: ["id"],
    query: [],
    body: ["follows"],
  },
  listCallers: {
    method: "GET",
    path: "/v1/phonebanks/{id}/callers",
    params: ["id"],
    query: [],
    body: [],
  },
  getPhonebankProgress: {
    method: "GET",
    path: "/v1/phonebanks/{id}/progress",
    params: ["id"],
    query: [],
    body: [],
  },
  getCaller: {
    method: "GET",
    path: "/v1/caller",
    params: [],
    query: [],
    body: [],
  },
  claimLine: {
    method: "POST",
    path: "/v1/caller/claim",
    params: [],
    query: [],
    body: [],
  },
  recordResult: {
    method: "POST",
    path: "/v1/caller/results",
    params: [],
    query: [],
    body: ["key", "lease", "epoch", "voters", "callback_at", "callback_by"],
  },
  releaseLine: {
    method: "POST",
    path: "/v1/caller/release",
    params: [],
    query: [],
    body: ["lease", "epoch", "reason"],
  },
  getBars: {
    method: "GET",
    path: "/v1/caller/bars",
    params: [],
    query: [],
    body: [],
  },
  heartbeat: {
    method: "POST",
    path: "/v1/caller/heartbeat",
    params: [],
    query: [],
    body: ["resting"],
  },
  changeResult: {
    method: "POST",
    path: "/v1/caller/results/change",
    params: [],
    query: [],
    body: ["key", "of", "voters", "callback_at", "callback_by"],
  },
  dial: {
    method: "POST",
    path: "/v1/caller/dial",
    params: [],
    query: [],
    body: ["lease", "epoch"],
  },
  hangUp: {
    method: "POST",
    path: "/v1/caller/hang-up",
    params: [],
    query: [],
    body: ["lease"],
  },
  getCall: {
    method: "GET",
    path: "/v1/caller/calls/{id}",
    params: ["id"],
    query: [],
    body: [],
  },
  listPhonebankHours: {
    method: "GET",
    path: "/v1/phonebanks/{id}/hours",
    params: ["id"],
    query: [],
    body: [],
  },
  getPhonebankWaits: {
    method: "GET",
    path: "/v1/phonebanks/{id}/waits",
    params: ["id"],
    query: [],
    body: [],
  },
  listSegmentCalls: {
    method: "GET",
    path: "/v1/phonebanks/{id}/segments",
    params: ["id"],
    query: [],
    body: [],
  },
  listCallerQuality: {
    method: "GET",
    path: "/v1/phonebanks/{id}/quality",
    params: ["id"],
    query: [],
    body: [],
  },
  sendMessage: {
    method: "POST",
    path: "/v1/phonebanks/{id}/messages",
    params: ["id"],
    query: [],
    body: ["text", "person", "minutes"],
  },
  releaseCaller: {
    method: "POST",
    path: "/v1/phonebanks/{id}/callers/{person}/release",
    params: ["id", "person"],
    query: [],
    body: [],
  },
  moveCaller: {
    method: "POST",
    path: "/v1/phonebanks/{id}/callers/{person}/move",
    params: ["id", "person"],
    query: [],
    body: ["to"],
  },
  getRoom: {
    method: "GET",
    path: "/v1/phonebanks/{id}/room",
    params: ["id"],
    query: [],
    body: [],
  },
  setRoom: {
    method: "POST",
    path: "/v1/phonebanks/{id}/room",
    params: ["id"],
    query: [],
    body: ["state", "language", "team", "takes_guests"],
  },
  listOtherRooms: {
    method: "GET",
    path: "/v1/caller/rooms",
    params: [],
    query: [],
    body: [],
  },
  goToRoom: {
    method: "POST",
    path: "/v1/caller/room",
    params: [],
    query: [],
    body: ["phonebank"],
  },
  getBoard: {
    method: "GET",
    path: "/v1/caller/board",
    params: [],
    query: [],
    body: [],
  },
  showOnBoard: {
    method: "POST",
    path: "/v1/caller/board",
    params: [],
    query: [],
    body: ["shown"],
  },
  getHome: {
    method: "GET",
    path: "/v1/home",
    params: [],
    query: [],
    body: [],
  },
  spendingSettings: {
    method: "GET",
    path: "/v1/spending/settings",
    params: [],
    query: [],
    body: [],
  },
  saveSpendingSettings: {
    method: "PUT",
    path: "/v1/spending/settings",
    params: [],
    query: [],
    body: ["currency", "budget_cents", "first_day", "weeks", "objective", "needed",
    "error_national", "error_regional", "error_contest", "scales", "chances", "poll_days",
    "poll_half_life", "poll_method", "explore_share", "explore_seed", "opponent", "committee",
    "booked_cents", "inputs"],
  },
  importSheet: {
    method: "PUT",
    path: "/v1/spending/sheets/{kind}",
    params: ["kind"],
    query: ["dry_run", "repair"],
    body: [],
  },
  addPriors: {
    method: "POST",
    path: "/v1/spending/priors",
    params: [],
    query: [],
    body: [],
  },
  downloadPriors: {
    method: "GET",
    path: "/v1/spending/priors.csv",
    params: [],
    query: [],
    body: [],
  },
  removeLimit: {
    method: "DELETE",
    path: "/v1/spending/limits/{id}",
    params: ["id"],
    query: [],
    body: [],
  },
  removeLiveInput: {
    method: "DELETE",
    path: "/v1/spending/live/{name}",
    params: ["name"],
    query: [],
    body: [],
  },
  downloadCorrelations: {
    method: "GET",
    path: "/v1/spending/correlations.csv",
    params: [],
    query: [],
    body: [],
  },
  removeCorrelations: {
    method: "DELETE",
    path: "/v1/spending/correlations",
    params: [],
    query: [],
    body: [],
  },
  marketCounties: {
    method: "GET",
    path: "/v1/spending/counties",
    params: [],
    query: [],
    body: [],
  },
  spendingState: {
    method: "GET",
    path: "/v1/spending/state",
    params: [],
    query: [],
    body: [],
  },
  listCommitments: {
    method: "GET",
    path: "/v1/ledger",
    params: [],
    query: ["cursor", "limit"],
    body: [],
  },
  commitMoney: {
    method: "POST",
    path: "/v1/ledger/commitments",
    params: [],
    query: [],
    body: ["market", "channel", "week", "cents", "vendor", "order", "purpose", "day", "key"],
  },
  enterMoney: {
    method: "POST",
    path: "/v1/ledger/commitments/{id}/entries",
    params: ["id"],
    query: [],
    body: ["kind", "cents", "day", "reference", "key"],
  },
  listEntries: {
    method: "GET",
    path: "/v1/ledger/commitments/{id}/entries",
    params: ["id"],
    query: [],
    body: [],
  },
  ledgerSums: {
    method: "GET",
    path: "/v1/ledger/sums",
    params: [],
    query: [],
    body: [],
  },
  importLedger: {
    method: "PUT",
    path: "/v1/ledger/import",
    params: [],
    query: ["dry_run"],
    body: [],
  },
  downloadLedger: {
    method: "GET",
    path: "/v1/ledger.csv",
    params: [],
    query: [],
    body: [],
  },
  downloadSchedule: {
    method: "GET",
    path: "/v1/ledger/payments/{schedule}",
    params: ["schedule"],
    query: ["from", "to"],
    body: [],
  },
  listPlans: {
    method: "GET",
    path: "/v1/plans",
    params: [],
    query: ["cursor", "limit"],
    body: [],
  },
  getPlan: {
    method: "GET",
    path: "/v1/plans/{id}",
    params: ["id"],
    query: [],
    body: [],
  },
  planningState: {
    method: "GET",
    path: "/v1/planning",
    params: [],
    query: [],
    body: [],
  },
  listPlanLines: {
    method: "GET",
    path: "/v1/plans/{id}/lines",
    params: ["id"],
    query: ["after", "limit"],
    body: [],
  },
  comparePlans: {
    method: "GET",
    path: "/v1/plans/{id}/difference",
    params: ["id"],
    query: ["older"],
    body: [],
  },
  decidePlan: {
    method: "POST",
    path: "/v1/plans/{id}/decisions",
    params: ["id"],
    query: [],
    body: ["lines", "approve"],
  },
  tryPlan: {
    method: "POST",
    path: "/v1/plans/try",
    params: [],
    query: [],
    body: ["budget_cents", "objective", "swing_points", "effects", "explore_share"],
  },
} as const;

/** Sends one request: fills the path, splits the input over query and body, reads the answer. */
export type Send = <Name extends keyof Endpoints>(
  name: Name, input: Endpoints[Name]["input"]) => Promise<Endpoints[Name]["output"]>;

/** A function for each endpoint. */
export const makeClient = (send: Send) => ({
  getServer: () => send("getServer", {}),
  signIn: (input: Endpoints["signIn"]["input"]) =>
    send("signIn", input),
  useSignInLink: (input: Endpoints["useSignInLink"]["input"]) =>
    send("useSignInLink", input),
  getSession: () => send("getSession", {}),
  signOut: () => send("signOut", {}),
  listPeople: (input: Endpoints["listPeople"]["input"]) =>
    send("listPeople", input),
  addPerson: (input: Endpoints["addPerson"]["input"]) =>
    send("addPerson", input),
  changePerson: (input: Endpoints["changePerson"]["input"]) =>
    send("changePerson", input),
  makeSignInLink: (input: Endpoints["makeSignInLink"]["input"]) =>
    send("makeSignInLink", input),
  makeJoinLink: (input: Endpoints["makeJoinLink"]["input"]) =>
    send("makeJoinLink", input),
  listJoinLinks: (input: Endpoints["listJoinLinks"]["input"]) =>
    send("listJoinLinks", input),
  revokeJoinLink: (input: Endpoints["revokeJoinLink"]["input"]) =>
    send("revokeJoinLink", input),
  getJoinOffer: (input: Endpoints["getJoinOffer"]["input"]) =>
    send("getJoinOffer", input),
  join: (input: Endpoints["join"]["input"]) =>
    send("join", input),
  listLayouts: () => send("listLayouts", {}),
  putUpload: (input: Endpoints["putUpload"]["input"]) =>
    send("putUpload", input),
  previewUpload: (input: Endpoints["previewUpload"]["input"]) =>
    send("previewUpload", input),
  previewMapping: (input: Endpoints["previewMapping"]["input"]) =>
    send("previewMapping", input),
  startImport: (input: Endpoints["startImport"]["input"]) =>
    send("startImport", input),
  listImports: (input: Endpoints["listImports"]["input"]) =>
    send("listImports", input),
  getImport: (input: Endpoints["getImport"]["input"]) =>
    send("getImport", input),
  cancelImport: (input: Endpoints["cancelImport"]["input"]) =>
    send("cancelImport", input),
  undoImport: (input: Endpoints["undoImport"]["input"]) =>
    send("undoImport", input),
  listRejects: (input: Endpoints["listRejects"]["input"]) =>
    send("listRejects", input),
  downloadRejects: (input: Endpoints["downloadRejects"]["input"]) =>
    send("downloadRejects", input),
  downloadRejectedRows: (input: Endpoints["downloadRejectedRows"]["input"]) =>
    send("downloadRejectedRows", input),
  putScores: (input: Endpoints["putScores"]["input"]) =>
    send("putScores", input),
  listScoreRuns: (input: Endpoints["listScoreRuns"]["input"]) =>
    send("listScoreRuns", input),
  searchVoters: (input: Endpoints["searchVoters"]["input"]) =>
    send("searchVoters", input),
  getVoter: (input: Endpoints["getVoter"]["input"]) =>
    send("getVoter", input),
  addSuppression: (input: Endpoints["addSuppression"]["input"]) =>
    send("addSuppression", input),
  endSuppression: (input: Endpoints["endSuppression"]["input"]) =>
    send("endSuppression", input),
  importSuppressions: (input: Endpoints["importSuppressions"]["input"]) =>
    send("importSuppressions", input),
  importAlreadyVoted: (input: Endpoints["importAlreadyVoted"]["input"]) =>
    send("importAlreadyVoted", input),
  exportSuppressions: (input: Endpoints["exportSuppressions"]["input"]) =>
    send("exportSuppressions", input),
  listConsents: (input: Endpoints["listConsents"]["input"]) =>
    send("listConsents", input),
  recordConsent: (input: Endpoints["recordConsent"]["input"]) =>
    send("recordConsent", input),
  listIdentities: (input: Endpoints["listIdentities"]["input"]) =>
    send("listIdentities", input),
  listVoterFields: (input: Endpoints["listVoterFields"]["input"]) =>
    send("listVoterFields", input),
  listCorrections: (input: Endpoints["listCorrections"]["input"]) =>
    send("listCorrections", input),
  correctVoter: (input: Endpoints["correctVoter"]["input"]) =>
    send("correctVoter", input),
  endCorrection: (input: Endpoints["endCorrection"]["input"]) =>
    send("endCorrection", input),
  getSurvivorship: () => send("getSurvivorship", {}),
  setSurvivorship: (input: Endpoints["setSurvivorship"]["input"]) =>
    send("setSurvivorship", input),
  getEverything: (input: Endpoints["getEverything"]["input"]) =>
    send("getEverything", input),
  getErasure: (input: Endpoints["getErasure"]["input"]) =>
    send("getErasure", input),
  erasePerson: (input: Endpoints["erasePerson"]["input"]) =>
    send("erasePerson", input),
  getTimeline: (input: Endpoints["getTimeline"]["input"]) =>
    send("getTimeline", input),
  listMatches: (input: Endpoints["listMatches"]["input"]) =>
    send("listMatches", input),
  countMatches: () => send("countMatches", {}),
  getMatch: (input: Endpoints["getMatch"]["input"]) =>
    send("getMatch", input),
  decideMatch: (input: Endpoints["decideMatch"]["input"]) =>
    send("decideMatch", input),
  startMatchRun: (input: Endpoints["startMatchRun"]["input"]) =>
    send("startMatchRun", input),
  listMatchRuns: (input: Endpoints["listMatchRuns"]["input"]) =>
    send("listMatchRuns", input),
  getMatchRun: (input: Endpoints["getMatchRun"]["input"]) =>
    send("getMatchRun", input),
  cancelMatchRun: (input: Endpoints["cancelMatchRun"]["input"]) =>
    send("cancelMatchRun", input),
  findMatch: (input: Endpoints["findMatch"]["input"]) =>
    send("findMatch", input),
  joinVoters: (input: Endpoints["joinVoters"]["input"]) =>
    send("joinVoters", input),
  splitVoter: (input: Endpoints["splitVoter"]["input"]) =>
    send("splitVoter", input),
  listDecisions: (input: Endpoints["listDecisions"]["input"]) =>
    send("listDecisions", input),
  undoDecision: (input: Endpoints["undoDecision"]["input"]) =>
    send("undoDecision", input),
  getFields: () => send("getFields", {}),
  countSegment: (input: Endpoints["countSegment"]["input"]) =>
    send("countSegment", input),
  listSegments: () => send("listSegments", {}),
  createSegment: (input: Endpoints["createSegment"]["input"]) =>
    send("createSegment", input),
  getSegment: (input: Endpoints["getSegment"]["input"]) =>
    send("getSegment", input),
  editSegment: (input: Endpoints["editSegment"]["input"]) =>
    send("editSegment", input),
  removeSegment: (input: Endpoints["removeSegment"]["input"]) =>
    send("removeSegment", input),
  listSegmentVersions: (input: Endpoints["listSegmentVersions"]["input"]) =>
    send("listSegmentVersions", input),
  getSegmentComposition: (input: Endpoints["getSegmentComposition"]["input"]) =>
    send("getSegmentComposition", input),
  portraySegment: (input: Endpoints["portraySegment"]["input"]) =>
    send("portraySegment", input),
  explainCallable: (input: Endpoints["explainCallable"]["input"]) =>
    send("explainCallable", input),
  compareSegments: (input: Endpoints["compareSegments"]["input"]) =>
    send("compareSegments", input),
  overlapSegments: (input: Endpoints["overlapSegments"]["input"]) =>
    send("overlapSegments", input),
  answersOfSegment: (input: Endpoints["answersOfSegment"]["input"]) =>
    send("answersOfSegment", input),
  listSegmentNumbers: () => send("listSegmentNumbers", {}),
  listSegmentCounts: (input: Endpoints["listSegmentCounts"]["input"]) =>
    send("listSegmentCounts", input),
  exportSegment: (input: Endpoints["exportSegment"]["input"]) =>
    send("exportSegment", input),
  listSegmentExports: (input: Endpoints["listSegmentExports"]["input"]) =>
    send("listSegmentExports", input),
  readRule: (input: Endpoints["readRule"]["input"]) =>
    send("readRule", input),
  listLists: (input: Endpoints["listLists"]["input"]) =>
    send("listLists", input),
  freezeList: (input: Endpoints["freezeList"]["input"]) =>
    send("freezeList", input),
  getList: (input: Endpoints["getList"]["input"]) =>
    send("getList", input),
  renewList: (input: Endpoints["renewList"]["input"]) =>
    send("renewList", input),
  getListSample: (input: Endpoints["getListSample"]["input"]) =>
    send("getListSample", input),
  getListSampleFile: (input: Endpoints["getListSampleFile"]["input"]) =>
    send("getListSampleFile", input),
  compareLists: (input: Endpoints["compareLists"]["input"]) =>
    send("compareLists", input),
  listExperiments: (input: Endpoints["listExperiments"]["input"]) =>
    send("listExperiments", input),
  beginExperiment: (input: Endpoints["beginExperiment"]["input"]) =>
    send("beginExperiment", input),
  moveExperiment: (input: Endpoints["moveExperiment"]["input"]) =>
    send("moveExperiment", input),
  registerOutcome: (input: Endpoints["registerOutcome"]["input"]) =>
    send("registerOutcome", input),
  setExperimentCost: (input: Endpoints["setExperimentCost"]["input"]) =>
    send("setExperimentCost", input),
  getExperiment: (input: Endpoints["getExperiment"]["input"]) =>
    send("getExperiment", input),
  planExperiment: (input: Endpoints["planExperiment"]["input"]) =>
    send("planExperiment", input),
  getQuestionEstimates: (input: Endpoints["getQuestionEstimates"]["input"]) =>
    send("getQuestionEstimates", input),
  listForms: () => send("listForms", {}),
  addForm: (input: Endpoints["addForm"]["input"]) =>
    send("addForm", input),
  getForm: (input: Endpoints["getForm"]["input"]) =>
    send("getForm", input),
  closeForm: (input: Endpoints["closeForm"]["input"]) =>
    send("closeForm", input),
  makeFormLinks: (input: Endpoints["makeFormLinks"]["input"]) =>
    send("makeFormLinks", input),
  openForm: (input: Endpoints["openForm"]["input"]) =>
    send("openForm", input),
  saveForm: (input: Endpoints["saveForm"]["input"]) =>
    send("saveForm", input),
  importAnswers: (input: Endpoints["importAnswers"]["input"]) =>
    send("importAnswers", input),
  recordAnswers: (input: Endpoints["recordAnswers"]["input"]) =>
    send("recordAnswers", input),
  readXlsform: (input: Endpoints["readXlsform"]["input"]) =>
    send("readXlsform", input),
  getStrategy: () => send("getStrategy", {}),
  getStrategyMeasures: () => send("getStrategyMeasures", {}),
  listScripts: () => send("listScripts", {}),
  addScript: (input: Endpoints["addScript"]["input"]) =>
    send("addScript", input),
  getScript: (input: Endpoints["getScript"]["input"]) =>
    send("getScript", input),
  saveScript: (input: Endpoints["saveScript"]["input"]) =>
    send("saveScript", input),
  listScriptVersions: (input: Endpoints["listScriptVersions"]["input"]) =>
    send("listScriptVersions", input),
  getQuestionResults: (input: Endpoints["getQuestionResults"]["input"]) =>
    send("getQuestionResults", input),
  getCallingRules: () => send("getCallingRules", {}),
  chooseCallingRules: (input: Endpoints["chooseCallingRules"]["input"]) =>
    send("chooseCallingRules", input),
  listDispositions: () => send("listDispositions", {}),
  saveDisposition: (input: Endpoints["saveDisposition"]["input"]) =>
    send("saveDisposition", input),
  getPhonebankPace: (input: Endpoints["getPhonebankPace"]["input"]) =>
    send("getPhonebankPace", input),
  setPhonebankPace: (input: Endpoints["setPhonebankPace"]["input"]) =>
    send("setPhonebankPace", input),
  listPasses: (input: Endpoints["listPasses"]["input"]) =>
    send("listPasses", input),
  getPhonebankPriorities: (input: Endpoints["getPhonebankPriorities"]["input"]) =>
    send("getPhonebankPriorities", input),
  setPhonebankPriorities: (input: Endpoints["setPhonebankPriorities"]["input"]) =>
    send("setPhonebankPriorities", input),
  listPhonebanks: () => send("listPhonebanks", {}),
  addPhonebank: (input: Endpoints["addPhonebank"]["input"]) =>
    send("addPhonebank", input),
  getPhonebank: (input: Endpoints["getPhonebank"]["input"]) =>
    send("getPhonebank", input),
  setPhonebankState: (input: Endpoints["setPhonebankState"]["input"]) =>
    send("setPhonebankState", input),
  setPhonebankFollowing: (input: Endpoints["setPhonebankFollowing"]["input"]) =>
    send("setPhonebankFollowing", input),
  listCallers: (input: Endpoints["listCallers"]["input"]) =>
    send("listCallers", input),
  getPhonebankProgress: (input: Endpoints["getPhonebankProgress"]["input"]) =>
    send("getPhonebankProgress", input),
  getCaller: () => send("getCaller", {}),
  claimLine: () => send("claimLine", {}),
  recordResult: (input: Endpoints["recordResult"]["input"]) =>
    send("recordResult", input),
  releaseLine: (input: Endpoints["releaseLine"]["input"]) =>
    send("releaseLine", input),
  getBars: () => send("getBars", {}),
  heartbeat: (input: Endpoints["heartbeat"]["input"]) =>
    send("heartbeat", input),
  changeResult: (input: Endpoints["changeResult"]["input"]) =>
    send("changeResult", input),
  dial: (input: Endpoints["dial"]["input"]) =>
    send("dial", input),
  hangUp: (input: Endpoints["hangUp"]["input"]) =>
    send("hangUp", input),
  getCall: (input: Endpoints["getCall"]["input"]) =>
    send("getCall", input),
  listPhonebankHours: (input: Endpoints["listPhonebankHours"]["input"]) =>
    send("listPhonebankHours", input),
  getPhonebankWaits: (input: Endpoints["getPhonebankWaits"]["input"]) =>
    send("getPhonebankWaits", input),
  listSegmentCalls: (input: Endpoints["listSegmentCalls"]["input"]) =>
    send("listSegmentCalls", input),
  listCallerQuality: (input: Endpoints["listCallerQuality"]["input"]) =>
    send("listCallerQuality", input),
  sendMessage: (input: Endpoints["sendMessage"]["input"]) =>
    send("sendMessage", input),
  releaseCaller: (input: Endpoints["releaseCaller"]["input"]) =>
    send("releaseCaller", input),
  moveCaller: (input: Endpoints["moveCaller"]["input"]) =>
    send("moveCaller", input),
  getRoom: (input: Endpoints["getRoom"]["input"]) =>
    send("getRoom", input),
  setRoom: (input: Endpoints["setRoom"]["input"]) =>
    send("setRoom", input),
  listOtherRooms: () => send("listOtherRooms", {}),
  goToRoom: (input: Endpoints["goToRoom"]["input"]) =>
    send("goToRoom", input),
  getBoard: () => send("getBoard", {}),
  showOnBoard: (input: Endpoints["showOnBoard"]["input"]) =>
    send("showOnBoard", input),
  getHome: () => send("getHome", {}),
  spendingSettings: () => send("spendingSettings", {}),
  saveSpendingSettings: (input: Endpoints["saveSpendingSettings"]["input"]) =>
    send("saveSpendingSettings", input),
  importSheet: (input: Endpoints["importSheet"]["input"]) =>
    send("importSheet", input),
  addPriors: () => send("addPriors", {}),
  downloadPriors: () => send("downloadPriors", {}),
  removeLimit: (input: Endpoints["removeLimit"]["input"]) =>
    send("removeLimit", input),
  removeLiveInput: (input: Endpoints["removeLiveInput"]["input"]) =>
    send("removeLiveInput", input),
  downloadCorrelations: () => send("downloadCorrelations", {}),
  removeCorrelations: () => send("removeCorrelations", {}),
  marketCounties: () => send("marketCounties", {}),
  spendingState: () => send("spendingState", {}),
  listCommitments: (input: Endpoints["listCommitments"]["input"]) =>
    send("listCommitments", input),
  commitMoney: (input: Endpoints["commitMoney"]["input"]) =>
    send("commitMoney", input),
  enterMoney: (input: Endpoints["enterMoney"]["input"]) =>
    send("enterMoney", input),
  listEntries: (input: Endpoints["listEntries"]["input"]) =>
    send("listEntries", input),
  ledgerSums: () => send("ledgerSums", {}),
  importLedger: (input: Endpoints["importLedger"]["input"]) =>
    send("importLedger", input),
  downloadLedger: () => send("downloadLedger", {}),
  downloadSchedule: (input: Endpoints["downloadSchedule"]["input"]) =>
    send("downloadSchedule", input),
  listPlans: (input: Endpoints["listPlans"]["input"]) =>
    send("listPlans", input),
  getPlan: (input: Endpoints["getPlan"]["input"]) =>
    send("getPlan", input),
  planningState: () => send("planningState", {}),
  listPlanLines: (input: Endpoints["listPlanLines"]["input"]) =>
    send("listPlanLines", input),
  comparePlans: (input: Endpoints["comparePlans"]["input"]) =>
    send("comparePlans", input),
  decidePlan: (input: Endpoints["decidePlan"]["input"]) =>
    send("decidePlan", input),
  tryPlan: (input: Endpoints["tryPlan"]["input"]) =>
    send("tryPlan", input),
});
