// The server's refusals in German, by their code, and by code and field where that says more. What
// callers can meet; for everything else the server's own sentence stands.

const byField: Record<string, string> = {
  "not_found code": "Diesen Code gibt es nicht. Er hat zwölf Buchstaben und Ziffern, zum " +
    "Beispiel k7mq-2hpd-9xwt. Sehen Sie noch einmal auf Ihren Link.",
  "expired code": "Dieser Link gilt nicht mehr: Er ist abgelaufen, aufgebraucht oder " +
    "zurückgenommen, oder die Telefonaktion ist beendet.",
  "conflict code": "Der Link hat sich gerade geändert. Versuchen Sie es noch einmal.",
  "conflict session": "In diesem Browser ist jemand aus der Leitung angemeldet. Öffnen Sie den " +
    "Link auf Ihrem Telefon oder in einem privaten Fenster.",
  "conflict phonebank": "Sie sind keiner Telefonaktion beigetreten. Öffnen Sie den Link, den Sie " +
    "bekommen haben.",
  "invalid name": "Bitte geben Sie Ihren Vornamen an.",
  "over_limit name": "Der Name ist zu lang.",
  "lease_lost lease": "Diese Nummer gehört nicht mehr zu Ihnen. Rufen Sie sie nicht an.",
  "conflict state": "Die Telefonaktion ist gerade nicht offen. Rufen Sie diese Nummer nicht an.",
  "suppressed complete": "An dieser Nummer sind inzwischen alle erreicht. Überspringen Sie sie.",
  "lease_lost voters": "Diese Person wurde während Ihres Anrufs auf eigenen Wunsch oder von " +
    "Rechts wegen gelöscht. Von diesem Anruf wurde nichts aufbewahrt.",
  "conflict key": "Dieses Ergebnis gehört zu einem anderen Anruf und wurde nicht gespeichert.",
  "conflict of": "Dieses Ergebnis lässt sich nicht mehr ändern. Sagen Sie der Leitung Bescheid.",
  "not_found of": "Zu diesem Anruf haben Sie kein Ergebnis gespeichert.",
  "invalid callback_at": "Bitte wählen Sie einen Zeitpunkt in den nächsten 60 Tagen.",
  "over_limit note": "Die Notiz ist zu lang.",
  "invalid text": "Bitte schreiben Sie eine kürzere Antwort.",
  "invalid own": "Dieses Ergebnis hat inzwischen andere Folgen. Laden Sie die Seite neu.",
};

const byCode: Record<string, string> = {
  away: "Der Server antwortet nicht. Prüfen Sie Ihre Verbindung; diese Seite versucht es weiter.",
  invalid: "Der Server konnte diese Angaben nicht verwenden.",
  not_found: "Das gibt es hier nicht (mehr).",
  conflict: "Das geht gerade nicht, weil sich etwas geändert hat. Laden Sie die Seite neu.",
  unauthenticated: "Ihr Besuch ist beendet. Bitte treten Sie noch einmal bei.",
  forbidden: "Das ist hier nicht erlaubt.",
  suppressed: "Diese Nummer darf nicht angerufen werden. Überspringen Sie sie.",
  outside_calling_hours: "Es ist außerhalb der Anrufzeiten.",
  lease_lost: "Diese Nummer gehört nicht mehr zu Ihnen.",
  over_limit: "Das ist zu viel oder zu lang.",
  overloaded: "Gerade ist zu viel los. Versuchen Sie es gleich noch einmal.",
  expired: "Das ist abgelaufen.",
  unavailable: "Der Server kann gerade nicht antworten. Versuchen Sie es gleich noch einmal.",
  unknown: "Der Server hat das abgelehnt.",
  page: "Auf dieser Seite ist ein Fehler aufgetreten. Laden Sie sie neu; wenn er wiederkommt, " +
    "sagen Sie der Leitung Bescheid.",
};

/// "voters[0].note" -> "note": a field by its own name.
function fieldOf(where: string | null): string {
  return (where ?? "").split(".").pop()!.replace(/\[\d+\]$/, "");
}

/// The German sentence for a code and its field; null: there is none.
export function germanSentence(code: string, where: string | null): string | null {
  return byField[`${code} ${fieldOf(where)}`] ?? byCode[code] ?? null;
}
