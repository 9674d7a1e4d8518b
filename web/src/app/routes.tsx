import type { ComponentType } from "preact";
import type { Permission } from "../base/roles";
import { lazy } from "./lazy";
import type { Params } from "./lazy";
import { t } from "./texts";

export interface Route {
  pattern: string;
  page: ComponentType<{ params: Params }>;
  needs: Permission | "nobody" | "caller" | "staff";
  title: string;
}

const staff = () => import("./staff_pages");
const registry = () => import("./registry_pages");
const segmenting = () => import("./segment_pages");
const calling = () => import("./calling_pages");
const effects = () => import("./effect_pages");
const spending = () => import("./money_pages");
const caller = () => import("./caller_pages");
const voterForm = () => import("./form_pages");

const home = lazy(() => staff().then((of) => of.HomePage));
const signIn = lazy(() => staff().then((of) => of.SignInPage));
const enter = lazy(() => staff().then((of) => of.EnterPage));
const imports = lazy(() => registry().then((of) => of.ImportsPage));
const importRun = lazy(() => registry().then((of) => of.ImportPage));
const voters = lazy(() => registry().then((of) => of.VotersPage));
const voter = lazy(() => registry().then((of) => of.VoterPage));
const matches = lazy(() => registry().then((of) => of.MatchesPage));
const segments = lazy(() => segmenting().then((of) => of.SegmentsPage));
const segment = lazy(() => segmenting().then((of) => of.BuilderPage));
const compare = lazy(() => segmenting().then((of) => of.ComparePage));
const lists = lazy(() => segmenting().then((of) => of.ListsPage));
const list = lazy(() => segmenting().then((of) => of.ListPage));
const experiments = lazy(() => effects().then((of) => of.ExperimentsPage));
const newExperiment = lazy(() => effects().then((of) => of.NewExperimentPage));
const experiment = lazy(() => effects().then((of) => of.ExperimentPage));
const strategy = lazy(() => effects().then((of) => of.StrategyPage));
const surveys = lazy(() => effects().then((of) => of.SurveysPage));
const survey = lazy(() => effects().then((of) => of.SurveyPage));
const formsPage = lazy(() => effects().then((of) => of.FormsPage));
const staffForm = lazy(() => effects().then((of) => of.StaffFormPage));
const importAnswers = lazy(() => effects().then((of) => of.ImportAnswersPage));
const fillForm = lazy(() => voterForm().then((of) => of.FormPage));
const scripts = lazy(() => calling().then((of) => of.ScriptsPage));
const script = lazy(() => calling().then((of) => of.ScriptPage));
const newScript = lazy(() => calling().then((of) => of.EditorPage));
const banks = lazy(() => calling().then((of) => of.PhonebanksPage));
const newBank = lazy(() => calling().then((of) => of.CreatePage));
const bank = lazy(() => calling().then((of) => of.PhonebankPage));
const dispositions = lazy(() => calling().then((of) => of.DispositionsPage));
const rules = lazy(() => calling().then((of) => of.RulesPage));
const money = lazy(() => spending().then((of) => of.PlanPage));
const moneyInputs = lazy(() => spending().then((of) => of.InputsPage));
const ledger = lazy(() => spending().then((of) => of.LedgerPage));
const people = lazy(() => staff().then((of) => of.PeoplePage));
const join = lazy(() => caller().then((of) => of.JoinPage));
const call = lazy(() => caller().then((of) => of.CallPage));

export const routes: Route[] = [
  { pattern: "/", page: home, needs: "staff", title: t.nav.home },
  { pattern: "/signin", page: signIn, needs: "nobody", title: "Sign in" },
  { pattern: "/enter", page: enter, needs: "nobody", title: "Sign in" },
  { pattern: "/imports", page: imports, needs: "registry_write", title: t.nav.imports },
  { pattern: "/imports/:id", page: importRun, needs: "registry_write", title: "Import" },
  { pattern: "/voters", page: voters, needs: "registry_read", title: t.nav.voters },
  { pattern: "/voters/:id", page: voter, needs: "registry_read", title: "Voter" },
  { pattern: "/matches", page: matches, needs: "registry_write", title: t.nav.matches },
  { pattern: "/segments", page: segments, needs: "numbers_read", title: t.nav.segments },
  { pattern: "/segments/compare", page: compare, needs: "numbers_read", title: "Compare segments" },
  { pattern: "/segments/:id", page: segment, needs: "numbers_read", title: "Segment" },
  { pattern: "/lists", page: lists, needs: "segments_read", title: t.nav.lists },
  { pattern: "/lists/:id", page: list, needs: "segments_read", title: "List" },
  { pattern: "/experiments", page: experiments, needs: "segments_read",
    title: t.nav.experiments },
  { pattern: "/experiments/new", page: newExperiment, needs: "segments_write",
    title: "Begin an experiment" },
  { pattern: "/experiments/:id", page: experiment, needs: "segments_read", title: "Experiment" },
  { pattern: "/strategy", page: strategy, needs: "segments_read", title: t.nav.strategy },
  { pattern: "/answers", page: surveys, needs: "segments_read", title: t.nav.answers },
  { pattern: "/answers/import", page: importAnswers, needs: "registry_write",
    title: "Answers from a file" },
  { pattern: "/answers/:key", page: survey, needs: "segments_read", title: "Answers" },
  { pattern: "/forms", page: formsPage, needs: "segments_read", title: "Web forms" },
  { pattern: "/forms/:id", page: staffForm, needs: "segments_read", title: "Web form" },
  { pattern: "/form/:token", page: fillForm, needs: "nobody", title: "Form" },
  { pattern: "/scripts", page: scripts, needs: "phonebank_read", title: t.nav.scripts },
  { pattern: "/scripts/new", page: newScript, needs: "scripts_write", title: "New script" },
  { pattern: "/scripts/:id", page: script, needs: "phonebank_read", title: "Script" },
  { pattern: "/scripts/:id/edit", page: newScript, needs: "scripts_write", title: "Script" },
  { pattern: "/phonebanks", page: banks, needs: "phonebank_read", title: t.nav.phonebanks },
  { pattern: "/phonebanks/new", page: newBank, needs: "phonebank_write", title: "New phone bank" },
  { pattern: "/phonebanks/:id", page: bank, needs: "phonebank_read", title: "Phone bank" },
  { pattern: "/rules", page: rules, needs: "phonebank_read", title: t.nav.rules },
  { pattern: "/dispositions", page: dispositions, needs: "phonebank_read",
    title: t.nav.dispositions },
  { pattern: "/money", page: money, needs: "spending_read", title: t.nav.money },
  { pattern: "/money/inputs", page: moneyInputs, needs: "spending_read", title: "Inputs of plans" },
  { pattern: "/ledger", page: ledger, needs: "spending_read", title: "Ledger" },
  { pattern: "/people", page: people, needs: "administer", title: t.nav.people },
  { pattern: "/join/:code", page: join, needs: "nobody", title: "Join" },
  { pattern: "/call", page: call, needs: "caller", title: "Calls" },
];

export const navigation: { href: string; title: string; needs: Permission | "staff" }[] = [
  { href: "/", title: t.nav.home, needs: "segments_read" },
  { href: "/imports", title: t.nav.imports, needs: "registry_write" },
  { href: "/voters", title: t.nav.voters, needs: "registry_read" },
  { href: "/matches", title: t.nav.matches, needs: "registry_write" },
  { href: "/segments", title: t.nav.segments, needs: "numbers_read" },
  { href: "/lists", title: t.nav.lists, needs: "segments_read" },
  { href: "/strategy", title: t.nav.strategy, needs: "segments_read" },
  { href: "/answers", title: t.nav.answers, needs: "segments_read" },
  { href: "/experiments", title: t.nav.experiments, needs: "segments_read" },
  { href: "/scripts", title: t.nav.scripts, needs: "phonebank_read" },
  { href: "/phonebanks", title: t.nav.phonebanks, needs: "phonebank_read" },
  { href: "/rules", title: t.nav.rules, needs: "phonebank_read" },
  { href: "/dispositions", title: t.nav.dispositions, needs: "phonebank_read" },
  { href: "/money", title: t.nav.money, needs: "spending_read" },
  { href: "/people", title: t.nav.people, needs: "administer" },
];
