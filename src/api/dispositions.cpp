#include "api/dispositions.h"

#include <utility>

#include "api/disposition_shape.h"

namespace hustings::api {
namespace {

struct ListDispositions {
  using Input = Nothing;
  using Output = Page<DispositionShape>;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/dispositions",
            .name = "list_dispositions",
            .summary = "What a call may come to, with its effects and its code in VAN.",
            .permission = Permission::phonebank_read};
  }
  static Result<Output> call(Context& context, const Input&) {
    Output output;
    output.items = all_dispositions_of(context);
    return output;
  }
};

struct SaveDisposition {
  struct Input {
    std::string key;
    std::optional<std::string> title;
    std::optional<Disposition> base;
    std::optional<std::int32_t> van_code;
    bool offered = true;
    static Fields fields() {
      return {field("key", &Input::key, "A built-in one, or small letters, digits and _.",
                    {.min_length = 1, .max_length = 40}),
              field("title", &Input::title, "What callers read; of the campaign's own only.",
                    {.max_length = 60}),
              field("base", &Input::base, "Whose effects it has; of the campaign's own only."),
              field("van_code", &Input::van_code, "Its result code in VAN.", {.min = 1}),
              field("offered", &Input::offered,
                    "Callers may choose it; of the campaign's own only.", {.has_default = true})};
    }
  };
  using Output = DispositionShape;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/dispositions",
            .name = "save_disposition",
            .summary = "Adds or changes one of the campaign's own; the VAN code of a built-in one.",
            .permission = Permission::phonebank_write};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const phonebank::NamedDisposition draft{.key = input.key,
                                            .title = input.title.value_or(""),
                                            .base = input.base.value_or(Disposition::reached),
                                            .van_code = input.van_code,
                                            .own = true,
                                            .offered = input.offered};
    return shown(TRY(context.services().phonebank.dispositions().save(draft, context.actor(),
                                                                      context.deadline())));
  }
};

}  // namespace

void add_dispositions(Registrar& registrar) {
  registrar.add<ListDispositions>();
  registrar.add<SaveDisposition>();
}

}  // namespace hustings::api
