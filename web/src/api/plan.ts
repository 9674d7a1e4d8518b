// A plan's document (docs/formats/spending.md), and the calls about money.
import { address, request, sendFile } from "./http";
import type {
  CellSums, Commitment, DecidedLines, ImportedLedger, ImportedSheet, LedgerEntries, LedgerSums,
  MarketCounties, MarketCounty, Page, Plan, PlanDifferences, PlanLines, Planning,
  SpendingSettings, SpendingState, TriedPlan,
} from "./types";

export interface NextPlace {
  market: string;
  title: string;
  channel: string;
  channel_title: string;
  week: number;
  gain: number;
  gain_low: number;
  gain_high: number;
  unsure: boolean;
  contests: { contest: string; share: number; part: number }[];
}

interface Sums {
  booked_cents: number;
  planned_cents: number;
}

export interface PlannedMarket extends Sums {
  name: string;
  title: string;
  people: number;
  marginal: number;
  point: number;
  held_out: boolean;
}

export interface PlannedContest {
  name: string;
  weight: number;
  share: number;  // as the polls have it
  moved: number;  // of it, what money had moved before the polls
  share_booked: number;
  share_after: number;
  chance: number;
  chance_after: number;
  point: number;
}

export interface PlannedLimit {
  name: string;
  cents: number;
  floor_cents: number;
  cap_cents?: number;
  price: number;
}

export interface PlanChanges {
  why: { kind: string; subject: string }[];
  value_before?: number;
  shares?: { contest: string; before: number; after: number }[];
  money?: { market: string; channel: string; before_cents: number; after_cents: number }[];
}

/// What a plan was made of, and of when that was.
export interface UsedInput {
  what: string;
  at: string;
}
export interface UsedLive {
  name: string;
  kind: string;
  of: string;
  value?: number;
  error?: number;
  counts?: number;
  problem?: string;
  at?: string;
}

export interface PlanDocument extends Sums {
  objective: string;
  value: number;
  booked_value: number;
  without: number;
  gain: number;
  gain_error: number;
  gap: number;
  certificate: "global" | "first_order";
  price: number;
  budget_cents: number;
  unspent_cents: number;
  currency: string;
  open_week: number;
  seconds: number;
  sentences: string[];
  next: NextPlace[];
  contests: PlannedContest[];
  markets: PlannedMarket[];
  channels: (Sums & { name: string; title: string; marginal: number; unsure: boolean })[];
  weeks: Sums[];
  limits: PlannedLimit[];
  held_out: string[];
  inputs?: UsedInput[];
  live?: UsedLive[];
  newest_poll?: string;
  means?: { method: "half_life" | "tracker"; half_life_days?: number; daily_sd?: number;
    house_sd?: number };
  changes?: PlanChanges;
}

/// What people call a plan's markets and channels, by their codes.
export function titlesOf(of: PlanDocument) {
  const by = (items: { name: string; title: string }[]) => {
    const titles = new Map(items.map((one) => [one.name, one.title]));
    return (code: string) => titles.get(code) ?? code;
  };
  return { market: by(of.markets), channel: by(of.channels) };
}

export const documentOf = (of: { document: unknown }) => of.document as PlanDocument;

const id = encodeURIComponent;
const get = <T>(path: string, signal?: AbortSignal, query: Record<string, string> = {}) =>
  request<T>("GET", path, { query, ...(signal ? { signal } : {}) });

export const planning = (signal?: AbortSignal) => get<Planning>("/planning", signal);
export const plan = (which: string, signal?: AbortSignal) =>
  get<Plan>(`/plans/${id(which)}`, signal);
export const plans = (signal?: AbortSignal) => get<Page<Plan>>("/plans", signal);
export const planLines = (which: string, signal?: AbortSignal) =>
  get<PlanLines>(`/plans/${id(which)}/lines`, signal, { limit: "5000" });
export const comparePlans = (which: string, older: string, signal?: AbortSignal) =>
  get<PlanDifferences>(`/plans/${id(which)}/difference`, signal, { older });
export const decidePlan = (which: string, lines: number[], approve: boolean) =>
  request<DecidedLines>("POST", `/plans/${id(which)}/decisions`, { body: { lines, approve } });

export interface WhatIf {
  budget_cents?: number;
  swing_points?: number;
  effects?: { channel: string; factor: number }[];
}
export const tryPlan = (of: WhatIf, signal?: AbortSignal) =>
  request<TriedPlan>("POST", "/plans/try", { body: of, ...(signal ? { signal } : {}) });

export const spendingSettings = (signal?: AbortSignal) =>
  get<SpendingSettings>("/spending/settings", signal);
export const spendingState = (signal?: AbortSignal) =>
  get<SpendingState>("/spending/state", signal);

export const saveSpendingSettings = (of: SpendingSettings) =>
  request<SpendingSettings>("PUT", "/spending/settings", { body: of });

export const sheetKinds = ["contests", "markets", "reach", "counties", "channels", "rates",
  "responses", "measures", "polls", "poll_errors", "correlations", "limits", "opponent",
  "live"] as const;
export type SheetKind = typeof sheetKinds[number];
export interface SheetWish {
  dryRun?: boolean;
  repair?: boolean;  // takes the nearest matrix for correlations that cannot be
}
export const importSheet = (kind: SheetKind, file: File, wish: SheetWish, signal: AbortSignal) =>
  sendFile<ImportedSheet>(`/spending/sheets/${kind}`, {
    ...(wish.dryRun ? { dry_run: "true" } : {}), ...(wish.repair ? { repair: "true" } : {}),
  }, file, () => undefined, signal);
export const addPriors = () => request<ImportedSheet>("POST", "/spending/priors", { body: {} });
export const priorsFile = address("/spending/priors.csv");
export const removeLimit = (of: string) => request("DELETE", `/spending/limits/${id(of)}`);
export const removeCorrelations = () => request("DELETE", "/spending/correlations");
export const correlationsFile = address("/spending/correlations.csv");
export const removeLive = (of: string) => request("DELETE", `/spending/live/${id(of)}`);
export const marketCounties = (signal?: AbortSignal): Promise<MarketCounty[]> =>
  get<MarketCounties>("/spending/counties", signal).then((of) => of.items);

export const commitments = (signal?: AbortSignal, cursor: string | null = null) =>
  request<Page<Commitment>>("GET", "/ledger", { query: { cursor }, ...(signal ? { signal } : {}) });
export const ledgerEntries = (of: string, signal?: AbortSignal) =>
  get<LedgerEntries>(`/ledger/commitments/${id(of)}/entries`, signal);
export const ledgerSums = (signal?: AbortSignal): Promise<CellSums[]> =>
  get<LedgerSums>("/ledger/sums", signal).then((of) => of.items);

export interface NewCommitment {
  market: string;
  channel: string;
  week: number;
  cents: number;
  vendor: string;
  order: string;
  purpose: string;
  day: string;
  key: string;
}
export const commitMoney = (of: NewCommitment) =>
  request<Commitment>("POST", "/ledger/commitments", { body: of });
export const importLedger = (file: File, dryRun: boolean, signal: AbortSignal) =>
  sendFile<ImportedLedger>("/ledger/import", dryRun ? { dry_run: "true" } : {}, file,
    () => undefined, signal);

export interface NewEntry {
  kind: string;
  cents: number;
  day: string;
  reference: string;
  key: string;
}
export const enterMoney = (of: string, entry: NewEntry) =>
  request<Commitment>("POST", `/ledger/commitments/${id(of)}/entries`, { body: entry });

export const ledgerFile = address("/ledger.csv");
export const scheduleFile = (schedule: "schedule_b" | "schedule_e", from = "", to = "") =>
  address(`/ledger/payments/${schedule}`, { from, to });
