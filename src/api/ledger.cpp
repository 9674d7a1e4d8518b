#include "api/ledger.h"

#include "api/paging.h"
#include "api/read_upload.h"
#include "spending/inputs.h"
#include "spending/ledger.h"
#include "spending/payment_files.h"
#include "spending/sheet.h"

namespace hustings::api {

template <>
struct ChoiceNames<spending::EntryKind> {
  static constexpr std::string_view kName = "EntryKind";
  static constexpr auto kNames = spending::kEntryKinds;
};

namespace {

struct CommitmentShape {
  static constexpr std::string_view kName = "Commitment";
  CommitmentId id;
  std::string market;
  std::string channel;
  std::int64_t week = 1;
  std::string vendor;
  std::string order;
  std::string purpose;
  std::optional<PlanId> plan;
  std::int64_t committed_cents = 0;
  std::int64_t invoiced_cents = 0;
  std::int64_t paid_cents = 0;
  std::int64_t booked_cents = 0;
  std::string made_by;
  Instant made_at;
  static Fields fields() {
    using S = CommitmentShape;
    return {field("id", &S::id, "The commitment."),
            field("market", &S::market, "Where."),
            field("channel", &S::channel, "For what."),
            field("week", &S::week, "When the money works, from 1."),
            field("vendor", &S::vendor, "Whom it goes to."),
            field("order", &S::order, "By which invoices and payments find it."),
            field("purpose", &S::purpose, "As a report names it."),
            field("plan", &S::plan, "The plan whose line it was."),
            field("committed_cents", &S::committed_cents, "Promised."),
            field("invoiced_cents", &S::invoiced_cents, "Asked for."),
            field("paid_cents", &S::paid_cents, "Gone."),
            field("booked_cents", &S::booked_cents,
                  "The largest of the three: what counts under limits."),
            field("made_by", &S::made_by, "Who booked it."),
            field("made_at", &S::made_at, "When.")};
  }
};

CommitmentShape shown(const spending::Commitment& of) {
  return {.id = of.id,
          .market = of.market,
          .channel = of.channel,
          .week = of.week,
          .vendor = of.vendor,
          .order = of.order,
          .purpose = of.purpose,
          .plan = of.plan,
          .committed_cents = of.committed_cents,
          .invoiced_cents = of.invoiced_cents,
          .paid_cents = of.paid_cents,
          .booked_cents = of.booked_cents,
          .made_by = of.made_by,
          .made_at = of.made_at};
}

struct EntryShape {
  static constexpr std::string_view kName = "LedgerEntry";
  spending::EntryKind kind{};
  std::int64_t cents = 0;
  std::string day;
  std::string reference;
  std::string actor;
  Instant at;
  static Fields fields() {
    using S = EntryShape;
    return {field("kind", &S::kind, "What happened."),
            field("cents", &S::cents, "Negative for releases and refunds."),
            field("day", &S::day, "When."),
            field("reference", &S::reference, "The invoice's or cheque's number."),
            field("actor", &S::actor, "Who entered it."),
            field("at", &S::at, "When.")};
  }
};

struct ListCommitments {
  using Input = PageQuery<CommitmentId>;
  using Output = Page<CommitmentShape>;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/ledger",
            .name = "list_commitments",
            .summary = "What is committed, invoiced and paid, newest first.",
            .permission = Permission::spending_read};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const auto before = TRY(input.before());
    auto all = context.services().ledger.page(before, static_cast<int>(input.limit) + 1);
    return cut_page<CommitmentShape>(input.limit, std::move(all), [](const auto& items) {
      std::vector<CommitmentShape> out;
      for (const spending::Commitment& one : items)
        out.push_back(shown(one));
      return out;
    });
  }
};

struct Commit {
  struct Input {
    std::string market;
    std::string channel;
    std::int64_t week = 1;
    std::int64_t cents = 0;
    std::string vendor;
    std::string order;
    std::string purpose;
    std::string day;
    std::string key;
    static Fields fields() {
      const Limits free{.max_length = 200, .has_default = true};
      return {field("market", &Input::market, "Where.", {.min_length = 1, .max_length = 200}),
              field("channel", &Input::channel, "For what.", {.min_length = 1, .max_length = 200}),
              field("week", &Input::week, "From 1.", {.min = 1, .max = spending::kWeeksMax}),
              field("cents", &Input::cents, "How much.", {.min = 1, .max = 1e15}),
              field("vendor", &Input::vendor, "Whom it goes to.", free),
              field("order", &Input::order, "By which invoices and payments find it.", free),
              field("purpose", &Input::purpose, "As a report names it.", free),
              field("day", &Input::day, "Such as 2026-10-05.", {.min_length = 10}),
              field("key", &Input::key, "A uuid: the same again gives the first answer.",
                    {.min_length = 36, .max_length = 36})};
    }
  };
  using Output = CommitmentShape;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/ledger/commitments",
            .name = "commit_money",
            .summary = "Books money for a market, channel and week; refused beyond any limit.",
            .permission = Permission::spending_write,
            .status = 201};
  }
  static Result<Output> call(Context& context, const Input& input) {
    return shown(TRY(context.services().ledger.commit({.market = input.market,
                                                       .channel = input.channel,
                                                       .week = input.week,
                                                       .cents = input.cents,
                                                       .vendor = input.vendor,
                                                       .order = input.order,
                                                       .purpose = input.purpose,
                                                       .day = input.day,
                                                       .key = input.key,
                                                       .actor = context.actor()})));
  }
};

struct EnterMoney {
  struct Input {
    CommitmentId id;
    spending::EntryKind kind{};
    std::int64_t cents = 0;
    std::string day;
    std::string reference;
    std::string key;
    static Fields fields() {
      return {field("id", &Input::id, "The commitment."),
              field("kind", &Input::kind, "invoice, payment or release."),
              field("cents", &Input::cents, "Negative for a release or a refund.",
                    {.min = -1e15, .max = 1e15}),
              field("day", &Input::day, "Such as 2026-10-05.", {.min_length = 10}),
              field("reference", &Input::reference, "The invoice's or cheque's number.",
                    {.max_length = 200, .has_default = true}),
              field("key", &Input::key, "A uuid: the same again gives the first answer.",
                    {.min_length = 36, .max_length = 36})};
    }
  };
  using Output = CommitmentShape;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/ledger/commitments/{id}/entries",
            .name = "enter_money",
            .summary = "An invoice, a payment or a release; refused beyond any limit.",
            .permission = Permission::spending_write,
            .status = 201};
  }
  static Result<Output> call(Context& context, const Input& input) {
    return shown(TRY(context.services().ledger.enter({.commitment = input.id,
                                                      .kind = input.kind,
                                                      .cents = input.cents,
                                                      .day = input.day,
                                                      .reference = input.reference,
                                                      .key = input.key,
                                                      .actor = context.actor()})));
  }
};

struct ListEntries {
  struct Input {
    CommitmentId id;
    static Fields fields() { return {field("id", &Input::id, "The commitment.")}; }
  };
  struct Output {
    static constexpr std::string_view kName = "LedgerEntries";
    std::vector<EntryShape> items;
    static Fields fields() { return {field("items", &Output::items, "Oldest first.")}; }
  };
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/ledger/commitments/{id}/entries",
            .name = "list_entries",
            .summary = "What happened to a commitment.",
            .permission = Permission::spending_read};
  }
  static Result<Output> call(Context& context, const Input& input) {
    TRY(context.services().ledger.get(input.id));
    Output out;
    for (const spending::LedgerEntry& one : context.services().ledger.entries(input.id))
      out.items.push_back({one.kind, one.cents, one.day, one.reference, one.actor, one.at});
    return out;
  }
};

struct SumsShape {
  static constexpr std::string_view kName = "CellSums";
  std::string market;
  std::string channel;
  std::int64_t week = 1;
  std::int64_t committed_cents = 0;
  std::int64_t invoiced_cents = 0;
  std::int64_t paid_cents = 0;
  std::int64_t booked_cents = 0;
  static Fields fields() {
    using S = SumsShape;
    return {field("market", &S::market, "Where."),
            field("channel", &S::channel, "For what."),
            field("week", &S::week, "When."),
            field("committed_cents", &S::committed_cents, "Promised."),
            field("invoiced_cents", &S::invoiced_cents, "Asked for."),
            field("paid_cents", &S::paid_cents, "Gone."),
            field("booked_cents", &S::booked_cents, "What counts under limits.")};
  }
};

struct ListSums {
  using Input = Nothing;
  struct Output {
    static constexpr std::string_view kName = "LedgerSums";
    std::vector<SumsShape> items;
    static Fields fields() {
      return {
          field("items", &Output::items, "By market, channel and week.", {.max_items = 1'000'000})};
    }
  };
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/ledger/sums",
            .name = "ledger_sums",
            .summary = "What is booked, invoiced and paid by market, channel and week.",
            .permission = Permission::spending_read};
  }
  static Result<Output> call(Context& context, const Input& /*input*/) {
    Output out;
    for (const spending::CellSums& one : context.services().ledger.sums()) {
      out.items.push_back({one.market, one.channel, one.week, one.committed_cents,
                           one.invoiced_cents, one.paid_cents, one.booked_cents});
    }
    return out;
  }
};

struct ImportLedger {
  struct Input {
    bool is_dry_run = false;
    static Fields fields() {
      return {field("dry_run", &Input::is_dry_run, "Reads and checks, and keeps nothing.",
                    {.has_default = true})};
    }
  };
  struct Output {
    static constexpr std::string_view kName = "ImportedLedger";
    std::int64_t rows = 0;
    std::int64_t entries = 0;
    std::int64_t known = 0;
    std::int64_t cents = 0;
    std::vector<std::string> ignored;
    static Fields fields() {
      return {field("rows", &Output::rows, "How many the file has."),
              field("entries", &Output::entries, "That are new."),
              field("known", &Output::known, "That were there already."),
              field("cents", &Output::cents, "By which the booked money grew."),
              field("ignored", &Output::ignored, "Columns that nobody asked for.")};
    }
  };
  static Spec spec() {
    return {.method = "PUT",
            .path = "/v1/ledger/import",
            .name = "import_ledger",
            .summary = "Imports commitments, invoices and payments from CSV: all rows or none.",
            .permission = Permission::spending_write,
            .upload = true};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const std::string text = TRY(read_upload(context));
    const auto done = TRY(context.services().ledger.import(
        {.text = text, .dry_run = input.is_dry_run, .actor = context.actor()}));
    return Output{done.rows, done.entries, done.known, done.cents, done.ignored};
  }
};

net::Response csv_response(std::string text) {
  net::Response response;
  response.content_type = "text/csv; charset=utf-8";
  response.body = std::move(text);
  return response;
}

struct DownloadLedger {
  using Input = Nothing;
  using Output = net::Response;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/ledger.csv",
            .name = "download_ledger",
            .summary = "Every commitment as CSV.",
            .permission = Permission::spending_read,
            .produces = "text/csv"};
  }
  static Result<Output> call(Context& context, const Input& /*input*/) {
    return csv_response(context.services().ledger.csv());
  }
};

enum class Schedule : std::uint8_t { b, e };

}  // namespace

template <>
struct ChoiceNames<Schedule> {
  static constexpr std::string_view kName = "FecSchedule";
  static constexpr std::array<std::string_view, 2> kNames = {"schedule_b", "schedule_e"};
};

namespace {

struct DownloadSchedule {
  struct Input {
    Schedule schedule{};
    std::string from;
    std::string to;
    static Fields fields() {
      const Limits day{.max_length = 10, .has_default = true};
      return {field("schedule", &Input::schedule, "In which form."),
              field("from", &Input::from, "First day; empty: from the beginning.", day),
              field("to", &Input::to, "Last day; empty: to the end.", day)};
    }
  };
  using Output = net::Response;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/ledger/payments/{schedule}",
            .name = "download_schedule",
            .summary = "Payments in the form of the FEC's Schedule B or E, as CSV.",
            .permission = Permission::spending_read,
            .produces = "text/csv"};
  }
  static Result<Output> call(Context& context, const Input& input) {
    for (const std::string* day : {&input.from, &input.to}) {
      if (!day->empty() && spending::parse_day(*day) != *day)
        return invalid("A day is one such as 2026-10-05.", day == &input.from ? "from" : "to");
    }
    const spending::Committee committee = context.services().spending_inputs.settings().committee;
    spending::Ledger& ledger = context.services().ledger;
    if (input.schedule == Schedule::b)
      return csv_response(spending::schedule_b(committee, ledger.payments(input.from, input.to)));
    // its totals run from the first day of the year
    const std::string first = input.from.empty() ? "" : input.from.substr(0, 4) + "-01-01";
    return csv_response(
        spending::schedule_e(committee, ledger.payments(first, input.to), input.from));
  }
};

}  // namespace

void add_ledger(Registrar& registrar) {
  registrar.add<ListCommitments>();
  registrar.add<Commit>();
  registrar.add<EnterMoney>();
  registrar.add<ListEntries>();
  registrar.add<ListSums>();
  registrar.add<ImportLedger>();
  registrar.add<DownloadLedger>();
  registrar.add<DownloadSchedule>();
}

}  // namespace hustings::api
