// What a form says around its questions, in the language of the form.
const en = {
  loading: "The form is opening",
  failedTitle: "This form cannot be opened",
  of: (number: number, all: number) => `Question ${number} of ${all}`,
  several: "Choose all that apply.",
  declined: "I would rather not say",
  send: "Send the answers",
  sending: "Sending …",
  saved: "Saved. You can go on later with the same link on this device.",
  unsaved: "Not saved yet.",
  once: "Once sent, answers cannot be changed.",
  doneTitle: "Thank you",
  done: "Your answers have been sent. You can close this page.",
  language: "Language",
  until: (day: string) => `Open until ${day}.`,
  privacy: "Your answers are kept with your voter record by the campaign. This page shows " +
    "nothing about you.",
};
type Texts = typeof en;

const es: Texts = {
  loading: "Se abre el formulario",
  failedTitle: "No se puede abrir este formulario",
  of: (number, all) => `Pregunta ${number} de ${all}`,
  several: "Elija todas las que correspondan.",
  declined: "Prefiero no decirlo",
  send: "Enviar las respuestas",
  sending: "Enviando …",
  saved: "Guardado. Puede seguir más tarde con el mismo enlace en este dispositivo.",
  unsaved: "Aún sin guardar.",
  once: "Una vez enviadas, las respuestas no se pueden cambiar.",
  doneTitle: "Gracias",
  done: "Sus respuestas se han enviado. Puede cerrar esta página.",
  language: "Idioma",
  until: (day) => `Abierto hasta el ${day}.`,
  privacy: "La campaña guarda sus respuestas con su registro de votante. Esta página no muestra " +
    "nada sobre usted.",
};

const de: Texts = {
  loading: "Das Formular wird geöffnet",
  failedTitle: "Dieses Formular lässt sich nicht öffnen",
  of: (number, all) => `Frage ${number} von ${all}`,
  several: "Wählen Sie alles, was zutrifft.",
  declined: "Das möchte ich nicht sagen",
  send: "Antworten senden",
  sending: "Wird gesendet …",
  saved: "Gespeichert. Sie können später mit demselben Link auf diesem Gerät weitermachen.",
  unsaved: "Noch nicht gespeichert.",
  once: "Gesendete Antworten lassen sich nicht mehr ändern.",
  doneTitle: "Danke",
  done: "Ihre Antworten sind gesendet. Sie können diese Seite schließen.",
  language: "Sprache",
  until: (day) => `Offen bis ${day}.`,
  privacy: "Die Kampagne bewahrt Ihre Antworten bei Ihrem Wählereintrag auf. Diese Seite zeigt " +
    "nichts über Sie.",
};

/// English where there is no better.
export function formTexts(language: string): Texts {
  const short = language.slice(0, 2).toLowerCase();
  return short === "es" ? es : short === "de" ? de : en;
}
