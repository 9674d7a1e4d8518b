#include "api/server_info.h"

namespace hustings::api {
namespace {

struct GetServer {
  using Input = Nothing;
  struct Output {
    static constexpr std::string_view kName = "ServerInfo";
    std::string version;
    Instant time;
    static Fields fields() {
      return {field("version", &Output::version, "The program's version."),
              field("time", &Output::time, "The server's clock.")};
    }
  };
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/server",
            .name = "get_server",
            .summary = "The program's version and clock.",
            .permission = Permission::anybody};
  }
  static Result<Output> call(Context& context, const Input&) {
    const Services& services = context.services();
    return Output{.version = services.version, .time = services.clock.now()};
  }
};

}  // namespace

void add_server_info(Registrar& registrar) { registrar.add<GetServer>(); }

}  // namespace hustings::api
