// Every call that the pages make, one function each.
import type { Role } from "../base/roles";
import { address, request, sendFile } from "./http";
import type { Rule } from "./rule";
import type {
  AllSegmentNumbers, AlreadyVotedFile, BeginExperimentInput, Board, Caller, CallerQuality,
  CallerStart, CallingRuleBook, CallsAt, ChangedResult, ChangeResultInput, Claim, ColumnMapping,
  ConsentNeed, Consents, CorrectedField, CorrectionEnded, Corrections, Dialled, DispositionInfo,
  Erasure,
  Experiment, ExperimentPlan, ExperimentReport,
  Field, FreezeListInput, HeartbeatAnswer, Home, Identities, Import,
  JoinLink, JoinOffer, Layout, Lease, List, ListDifference, Match, MatchCounts, MatchDecided,
  MatchDetail, MatchRun, OtherRoom, Pace, Page, PastSegmentCount, Person, Phonebank,
  PhonebankPass, PhonebankProgress, PhonebankState, PhonebankWaits,
  PlanExperimentInput, Priorities, PriorityStepInput,
  Question, QuestionEstimates, QuestionResults, RecordConsentInput,
  RecordResultInput, Reject, Room, RuleReading, SampleFigures, SaveDispositionInput, Script,
  SetExperimentCostInput,
  ScriptVersion,
  Segment, SegmentAnswers, SegmentCalls, SegmentComparison, SegmentExported,
  SegmentOverlap, SegmentPortrait, SegmentVersion, SegmentWaterfall, Session, SignInLink,
  StartImportInput, StoredResult, Strategy, Suppression, SuppressionFile, Survivorship,
  SurvivorshipPolicy, TimelineEntry, Translation, Upload, UploadPreview, Voter, VoterFields,
  VoterRow, VotersJoined, VoterSplit,
} from "./types";

type Signal = AbortSignal | undefined;
type Empty = Record<string, never>;
const id = encodeURIComponent;

function get<T>(path: string, signal?: Signal, query: Record<string, string | null> = {}) {
  return request<T>("GET", path, { query, ...(signal ? { signal } : {}) });
}

function post<T>(path: string, body: unknown = {}, signal?: Signal) {
  return request<T>("POST", path, { body, ...(signal ? { signal } : {}) });
}

// access

export const signIn = (of: { email: string; password: string }) =>
  request<Session>("POST", "/session", { body: of, keepSession: true });

export const enter = (of: { token: string; name?: string; email?: string; password?: string }) =>
  request<Session>("POST", "/session/link", { body: of, keepSession: true });

export const currentSession = () => get<Session>("/session");

export const signOut = () => request<Empty>("DELETE", "/session");

export const people = (signal?: Signal, cursor: string | null = null) =>
  get<Page<Person>>("/people", signal, { cursor });

export interface NewPerson {
  name: string;
  email: string;
  role: Role;
  password: string;
}

export const addPerson = (of: NewPerson) => post<Person>("/people", of);

export const changePerson = (
  person: string, of: { role?: Role; disabled?: boolean; password?: string }) =>
  post<Person>(`/people/${id(person)}`, of);

export const signInLink = (person: string) =>
  post<SignInLink>(`/people/${id(person)}/sign-in-link`);

export const joinLinks = (phonebank: string, signal?: Signal) =>
  get<Page<JoinLink>>(`/phonebanks/${id(phonebank)}/join-links`, signal);

export const makeJoinLink = (phonebank: string, of: { hours_valid: number; uses_max: number }) =>
  post<JoinLink>(`/phonebanks/${id(phonebank)}/join-links`, of);

export const revokeJoinLink = (link: string) =>
  request<Empty>("DELETE", `/join-links/${id(link)}`);

export const joinOffer = (code: string, signal?: Signal) =>
  get<JoinOffer>(`/join/${id(code)}`, signal);

export const join = (of: { code: string; name: string }) =>
  request<Session>("POST", "/join", { body: of, keepSession: true });

// ingest

export const layouts = (signal?: Signal) => get<Page<Layout>>("/layouts", signal);

export const upload = (file: File, onProgress: (bytesSent: number) => void, signal: AbortSignal) =>
  sendFile<Upload>("/uploads", { name: file.name }, file, onProgress, signal);

export const startImport = (of: StartImportInput) => post<Import>("/imports", of);

export const undoImport = (run: string) => post<Import>(`/imports/${id(run)}/undo`);

export const imports = (signal?: Signal, cursor: string | null = null) =>
  get<Page<Import>>("/imports", signal, { cursor });

export const importRun = (run: string, signal?: Signal) =>
  get<Import>(`/imports/${id(run)}`, signal);

export const cancelImport = (run: string) => post<Import>(`/imports/${id(run)}/cancel`);

export const rejects = (run: string, signal?: Signal, cursor: string | null = null) =>
  get<Page<Reject>>(`/imports/${id(run)}/rejects`, signal, { cursor });

export const rejectsFile = (run: string) => address(`/imports/${id(run)}/rejects.csv`);

/// In the form of the import's own file: to be mended and imported again.
export const rejectedRows = (run: string) => address(`/imports/${id(run)}/rejects.txt`);

export const previewUpload = (
  token: string, of: { layout: string; mapping: ColumnMapping[] }, signal?: Signal) =>
  post<UploadPreview>(`/uploads/${id(token)}/preview`, of, signal);

// registry

export const voters = (
  of: { query: string; county: string; cursor?: string | null }, signal?: Signal) =>
  get<Page<VoterRow>>("/voters", signal,
    { query: of.query, county: of.county, cursor: of.cursor ?? null });

export const voter = (who: string, signal?: Signal) => get<Voter>(`/voters/${id(who)}`, signal);

export const addSuppression = (
  of: { number?: string; voter?: string; reason: string; source: string }) =>
  post<Suppression>("/suppressions", of);

export const endSuppression = (which: string) =>
  request<Empty>("DELETE", `/suppressions/${id(which)}`);

export const identities = (who: string, signal?: Signal) =>
  get<Identities>(`/voters/${id(who)}/identities`, signal);

export const voterFields = (who: string, signal?: Signal) =>
  get<VoterFields>(`/voters/${id(who)}/fields`, signal);

export const joinVoters = (who: string, other: string) =>
  post<VotersJoined>(`/voters/${id(who)}/join`, { voter: other });

export const splitVoter = (who: string, homes: string[]) =>
  post<VoterSplit>(`/voters/${id(who)}/split`, { homes });

export const corrections = (who: string, signal?: Signal) =>
  get<Corrections>(`/voters/${id(who)}/corrections`, signal);

export const correctVoter = (who: string, fields: CorrectedField[]) =>
  post<Corrections>(`/voters/${id(who)}/corrections`, { fields });

export const endCorrection = (correction: string) =>
  request<CorrectionEnded>("DELETE", `/corrections/${id(correction)}`);

export const survivorship = (signal?: Signal) => get<Survivorship>("/survivorship", signal);

export const setSurvivorship = (of: { group: string; policy: SurvivorshipPolicy }) =>
  request<Survivorship>("PUT", "/survivorship", { body: of });

export const consents = (who: string, signal?: Signal) =>
  get<Consents>(`/voters/${id(who)}/consents`, signal);

export const recordConsent = (who: string, of: Omit<RecordConsentInput, "id">) =>
  post<Consents>(`/voters/${id(who)}/consents`, of);

export const everythingFile = (who: string) => address(`/voters/${id(who)}/everything`);

export const erasureOutlook = (who: string, signal?: Signal) =>
  get<Erasure>(`/voters/${id(who)}/erasure`, signal);

export const erasePerson = (who: string, reason: string) =>
  post<Erasure>(`/voters/${id(who)}/erasure`, { reason });

export const timeline = (who: string, signal?: Signal) =>
  get<Page<TimelineEntry>>(`/voters/${id(who)}/timeline`, signal);

export const barAlreadyVoted = (
  of: { source: string; from: string; column: string }, file: File, signal: AbortSignal) =>
  sendFile<AlreadyVotedFile>("/suppressions/already-voted", of, file, () => undefined, signal);

export const barNumbers = (
  of: { reason: string; source: string }, file: File, signal: AbortSignal) =>
  sendFile<SuppressionFile>("/suppressions/file", of, file, () => undefined, signal);

export const barredNumbersFile = (reason: string) => address("/suppressions/file", { reason });

// segments

export const segments = (signal?: Signal) => get<Page<Segment>>("/segments", signal);

export const fields = (signal?: Signal) => get<Page<Field>>("/fields", signal);

/// The rule from text as JSON or from JSON as text, with what is wrong and what may stand there.
export const readRule = (
  of: { text: string; complete_at: number } | { rule: Rule }, signal?: Signal) =>
  post<RuleReading>("/rules/read", of, signal);

type Whose = { rule: Rule } | { segment: string };

export const portraySegment = (
  of: Whose & { breakdowns: string[]; scores: string[] }, signal?: Signal) =>
  post<SegmentPortrait>("/segments/portrait", of, signal);

export const explainCallable = (of: Whose, signal?: Signal) =>
  post<SegmentWaterfall>("/segments/waterfall", of, signal);

export const compareSegments = (
  of: { a: string; b: string; breakdowns: string[]; scores: string[] }, signal?: Signal) =>
  post<SegmentComparison>("/segments/compare", of, signal);

export const overlapSegments = (which: string[], signal?: Signal) =>
  post<SegmentOverlap>("/segments/overlap", { segments: which }, signal);

export const answersOfSegment = (of: Whose & { question: string }, signal?: Signal) =>
  post<SegmentAnswers>("/segments/answers", of, signal);

/// What this role may see of the saved segments' numbers.
export const segmentNumbers = (signal?: Signal) =>
  get<AllSegmentNumbers>("/segment-numbers", signal);

export const segmentVersions = (which: string, signal?: Signal) =>
  get<Page<SegmentVersion>>(`/segments/${id(which)}/versions`, signal);

export const segmentCounts = (which: string, signal?: Signal) =>
  get<Page<PastSegmentCount>>(`/segments/${id(which)}/counts`, signal);

export const segmentExports = (which: string, signal?: Signal) =>
  get<Page<SegmentExported>>(`/segments/${id(which)}/exports`, signal);

/// Kept in the feed with the name of who takes it.
export const segmentFile = (which: string) => address(`/segments/${id(which)}/voters.csv`);

export const segment = (which: string, signal?: Signal) =>
  get<Segment>(`/segments/${id(which)}`, signal);

export const saveSegment = (
  which: string | null, of: { name: string; rule: Rule; version?: number }) =>
  post<Segment>(which ? `/segments/${id(which)}` : "/segments", of);

export const removeSegment = (which: string) =>
  request<Empty>("DELETE", `/segments/${id(which)}`);

// lists

export const lists = (signal?: Signal) => get<Page<List>>("/lists", signal);

export const list = (which: string, signal?: Signal) => get<List>(`/lists/${id(which)}`, signal);

export const freezeList = (of: FreezeListInput) => post<List>("/lists", of);

/// Freezes the list's segment again, drawn in the same way.
export const renewList = (which: string, name: string) =>
  post<List>(`/lists/${id(which)}/renew`, { name });

export const listSample = (which: string, signal?: Signal) =>
  get<SampleFigures>(`/lists/${id(which)}/sample`, signal);

export const compareLists = (
  which: string, of: { older: string; limit: number }, signal?: Signal) =>
  get<ListDifference>(`/lists/${id(which)}/difference`, signal,
    { older: of.older, limit: String(of.limit) });

// surveys

export interface NewScript {
  name: string;
  introduction: string;
  closing: string;
  questions: Omit<Question, "id">[];
  language: string;
  translations: Translation[];
}

// surveys

export const questionEstimates = (
  key: string,
  of: { margins: string; yes: string; segment: string | null; phonebank: string | null;
    list: string | null },
  signal?: Signal) =>
  // A lone comma is no margin; without the parameter the server would take its usual ones.
  get<QuestionEstimates>(`/questions/${id(key)}/estimates`, signal,
    { ...of, margins: of.margins || "," });

// experiments

export const experiments = (signal?: Signal) => get<Page<Experiment>>("/experiments", signal);

export const beginExperiment = (of: BeginExperimentInput) => post<Experiment>("/experiments", of);

export const strategy = (signal?: Signal) => get<Strategy>("/strategy", signal);

export const experiment = (which: string, signal?: Signal) =>
  get<ExperimentReport>(`/experiments/${id(which)}`, signal);

export const setExperimentCost = (which: string, of: Omit<SetExperimentCostInput, "id">) =>
  post<Experiment>(`/experiments/${id(which)}/cost`, of);

export const moveExperiment = (which: string, state: "measuring" | "ended") =>
  post<Experiment>(`/experiments/${id(which)}/state`, { state });

export const planExperiment = (of: Partial<PlanExperimentInput>, signal?: Signal) =>
  post<ExperimentPlan>("/experiments/power", of, signal);

export const scripts = (signal?: Signal) => get<Page<Script>>("/scripts", signal);

export const script = (which: string, signal?: Signal) =>
  get<Script>(`/scripts/${id(which)}`, signal);

export const questionResults = (key: string, signal?: Signal) =>
  get<QuestionResults>(`/questions/${id(key)}/results`, signal);

export const scriptVersions = (which: string, signal?: Signal) =>
  get<Page<ScriptVersion>>(`/scripts/${id(which)}/versions`, signal);

/// A new script, or the next version of one.
export const saveScript = (which: string | null, of: NewScript) =>
  post<Script>(which ? `/scripts/${id(which)}` : "/scripts", of);

// phonebank, lead

export interface NewPhonebank {
  name: string;
  list: string;
  script: string;
  retry_minutes: number;
  lease_seconds: number;
  attempts_max: number;
  opens: string;
  closes: string;
  country: string;  // empty: the rules of none
  consent: ConsentNeed;
  arm: string;      // of the list; empty: its first
  follows: boolean; // the list's segment
  priorities: PriorityStepInput[];  // who comes first
}

export const phonebanks = (signal?: Signal) => get<Page<Phonebank>>("/phonebanks", signal);

export const phonebank = (which: string, signal?: Signal) =>
  get<Phonebank>(`/phonebanks/${id(which)}`, signal);

export const dispositions = (signal?: Signal) =>
  get<Page<DispositionInfo>>("/dispositions", signal);

export const saveDisposition = (of: SaveDispositionInput) =>
  post<DispositionInfo>("/dispositions", of);

export const pace = (bank: string, signal?: Signal) =>
  get<Pace>(`/phonebanks/${id(bank)}/pace`, signal);

export const setPace = (bank: string, of: Partial<Pace>) =>
  post<Pace>(`/phonebanks/${id(bank)}/pace`, of);

export const priorities = (bank: string, signal?: Signal) =>
  get<Priorities>(`/phonebanks/${id(bank)}/priorities`, signal);

export const setPriorities = (bank: string, steps: PriorityStepInput[]) =>
  post<Priorities>(`/phonebanks/${id(bank)}/priorities`, { steps });

export const passes = (bank: string, signal?: Signal) =>
  get<Page<PhonebankPass>>(`/phonebanks/${id(bank)}/passes`, signal);

export const changeResult = (of: ChangeResultInput) =>
  post<ChangedResult>("/caller/results/change", of);

export const bankHours = (bank: string, signal?: Signal) =>
  get<Page<CallsAt>>(`/phonebanks/${id(bank)}/hours`, signal);

export const bankWaits = (bank: string, signal?: Signal) =>
  get<PhonebankWaits>(`/phonebanks/${id(bank)}/waits`, signal);

export const bankSegments = (bank: string, signal?: Signal) =>
  get<Page<SegmentCalls>>(`/phonebanks/${id(bank)}/segments`, signal);

export const callerQuality = (bank: string, signal?: Signal) =>
  get<Page<CallerQuality>>(`/phonebanks/${id(bank)}/quality`, signal);

export const sendMessage = (bank: string, of: { text: string; minutes: number; person?: string }) =>
  post<Empty>(`/phonebanks/${id(bank)}/messages`, of);

export const releaseCaller = (bank: string, person: string) =>
  post<Empty>(`/phonebanks/${id(bank)}/callers/${id(person)}/release`);

export const moveCaller = (bank: string, person: string, to: string) =>
  post<Empty>(`/phonebanks/${id(bank)}/callers/${id(person)}/move`, { to });

export const room = (bank: string, signal?: Signal) =>
  get<Room>(`/phonebanks/${id(bank)}/room`, signal);

export const setRoom = (bank: string, of: Room) =>
  post<Room>(`/phonebanks/${id(bank)}/room`, of);

export const otherRooms = (signal?: Signal) => get<Page<OtherRoom>>("/caller/rooms", signal);

export const goToRoom = (to: string) => post<Empty>("/caller/room", { phonebank: to });

export const board = (signal?: Signal) => get<Board>("/caller/board", signal);

export const showOnBoard = (shown: boolean) => post<Board>("/caller/board", { shown });

export const callingRules = (signal?: Signal) => get<CallingRuleBook>("/calling-rules", signal);

export const chooseCallingRules = (of: { country: string; state_hours: boolean }) =>
  post<CallingRuleBook>("/calling-rules/choice", of);

export const addPhonebank = (of: NewPhonebank) => post<Phonebank>("/phonebanks", of);

export const setPhonebankState = (which: string, state: PhonebankState) =>
  post<Phonebank>(`/phonebanks/${id(which)}/state`, { state });

export const setPhonebankFollowing = (which: string, follows: boolean) =>
  post<Phonebank>(`/phonebanks/${id(which)}/following`, { follows });

export const bankCallers = (which: string, signal?: Signal) =>
  get<Page<Caller>>(`/phonebanks/${id(which)}/callers`, signal);

export const bankProgress = (which: string, signal?: Signal) =>
  get<PhonebankProgress>(`/phonebanks/${id(which)}/progress`, signal);

// phonebank, caller

export const callerHome = (signal?: Signal) => get<CallerStart>("/caller", signal);

export const claim = () => post<Claim>("/caller/claim");

export const dial = (lease: { id: string; epoch: number }) =>
  post<Dialled>("/caller/dial", { lease: lease.id, epoch: lease.epoch });

export const hangUp = (lease: string) => post<Empty>("/caller/hang-up", { lease });

export const sendResult = (of: RecordResultInput) => post<StoredResult>("/caller/results", of);

export const release = (
  lease: Lease, reason: "skipped" | "break" | "technical") =>
  post<Empty>("/caller/release", { lease: lease.id, epoch: lease.epoch, reason });

export const heartbeat = (resting: boolean) =>
  post<HeartbeatAnswer>("/caller/heartbeat", { resting });

// home

export const home = (signal?: Signal) => get<Home>("/home", signal);

// matches

export const matches = (
  of: { state: string; kind: string; cursor: string | null }, signal?: Signal) =>
  get<Page<Match>>("/matches", signal, {
    state: of.state, cursor: of.cursor,
    same_source: of.kind === "all" ? null : String(of.kind === "one") });

export const matchCounts = (signal?: Signal) => get<MatchCounts>("/matches/count", signal);

export const match = (pair: string, signal?: Signal) =>
  get<MatchDetail>(`/matches/${id(pair)}`, signal);

export const decideMatch = (pair: string, decision: string) =>
  post<MatchDecided>(`/matches/${id(pair)}/decide`, { decision });

export const undoDecision = (decision: string) =>
  post<Empty>(`/decisions/${id(decision)}/undo`);

export const matchRuns = (signal?: Signal) => get<Page<MatchRun>>("/matches/runs", signal);

export const startMatchRun = (scope: string) => post<MatchRun>("/matches/runs", { scope });

export const cancelMatchRun = (run: string) =>
  post<MatchRun>(`/matches/runs/${id(run)}/cancel`);
