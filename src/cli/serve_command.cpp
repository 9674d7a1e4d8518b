#include <fmt/format.h>

#include "access/access_service.h"
#include "app/installation.h"
#include "app/web_server.h"
#include "cli/commands.h"
#include "cli/log_of.h"
#include "cli/stop_signal.h"

namespace hustings::cli {
namespace {

Status run(const Config& config, StopSignal& stop) {
  Log log = log_of(config);
  const auto installation =
      TRY(app::Installation::open(config, app::Installation::Part::serving, log));
  const auto server = TRY(app::WebServer::start(*installation, config, log));
  fmt::print("Hustings {}\n  pages  {}\n  data   {}\n", app::version(), server->url(),
             config.database_url.empty() ? std::filesystem::absolute(config.data_dir).string()
                                         : "the server of database.url");
  if (!installation->access().has_administrator()) {
    const auto link = TRY(installation->access().make_first_administrator_link());
    fmt::print(
        "  first  {}/enter?token={}\n         (once, within 24 hours: it makes the first "
        "administrator)\n",
        server->url(), link.token);
  }
  fmt::print("Ctrl-C stops.\n");
  std::fflush(stdout);
  log.info("serving", {{"port", server->port()}, {"version", app::version()}});
  stop.wait();
  log.info("stopping", {});
  return {};
}

}  // namespace

int serve(const Config& config) {
  StopSignal stop;
  const Status ended = run(config, stop);
  if (ended) return 0;
  fmt::print(stderr, "hustings: {}\n", ended.error().text());
  return 2;
}

}  // namespace hustings::cli
