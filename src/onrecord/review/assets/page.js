"use strict";
/* The page: shows the model that the server (or the file) holds, and sends what a person does.
   Text is put on the page as text nodes only. A place is a code point of the whole text; a run says where it begins. */
(() => {
  const $ = (id) => document.getElementById(id);
  const SIGNS = ["●", "■", "▲", "◆", "★", "✚", "▼", "○"];
  const QUOTES = ["direct", "mixed", "indirect", "mention"];
  const ROLES = [["", "unknown"], ["question", "question"], ["answer", "answer"], ["statement", "statement"]];
  const BLOCKS = ["title", "caption", "byline", "paragraph", "separator", "event", "timestamp", "boilerplate"];
  const KINDS = ["person", "organization", "group", "unknown"];
  let model = JSON.parse($("data").textContent);
  const live = model.live;
  let rows = [];
  let current = 0;
  let marking = null;
  let quoteInHand = null;
  let singleKeys = true;
  let lastBy = model.by || "";
  let dragging = null;

  /* ---- building blocks ---- */
  function make(tag, attributes = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value === null || value === undefined || value === false) continue;
      if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
      else if (name === "class") node.className = value;
      else if (name in node && typeof value !== "string") node[name] = value;
      else node.setAttribute(name, value === true ? "" : value);
    }
    node.append(...children.filter((child) => child !== null && child !== undefined));
    return node;
  }
  const say = (text) => { $("live").textContent = ""; requestAnimationFrame(() => { $("live").textContent = text; }); };
  const editable = () => live && !model.sidecar.locked;
  const nameOf = (number) => number === null || number === undefined ? "unknown voice" : model.speakers[number].name || "unnamed voice";
  const toneOf = (number) => number === null || number === undefined ? "none" : `t${model.speakers[number].tone}`;
  const signOf = (number) => number === null || number === undefined ? "?" : SIGNS[model.speakers[number].tone];
  const points = (text) => { let n = 0; for (const _ of text) n += 1; return n; };
  function units(text, count) { let at = 0; for (const letter of text) { if (count-- <= 0) break; at += letter.length; } return at; }
  const wordsOf = (piece) => piece.runs.map((run) => run.text).join("");
  const plural = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;
  const brief = (text) => { const one = text.replace(/\s+/g, " ").trim(); return one.length > 300 ? `${one.slice(0, 299)}…` : one; };

  /* ---- rendering ---- */
  const keys = new Map();
  function render() {
    const findings = model.pieces.map(() => []);
    model.findings.forEach((finding, number) => { if (finding.piece !== null) findings[finding.piece].push(number); });
    const old = new Map(keys);
    keys.clear();
    rows = model.pieces.map((piece, number) => {
      const named = [piece.speaker, ...(piece.also || [])].filter((item) => item !== null && item !== undefined);
      const quotes = [...new Set(piece.runs.flatMap((run) => run.in || []).filter((name) => "qcs".includes(name[0])).map((name) => +name.slice(1)))];
      const before = number > 0 && model.pieces[number - 1].kind === "turn";
      const key = JSON.stringify([piece, number, before, editable(), named.map((item) => [nameOf(item), toneOf(item)]),
        quotes.map((item) => [item, model.quotes[item], nameOf(model.quotes[item].speaker)]), findings[number].map((item) => model.findings[item])]);
      const row = old.get(key) || rowOf(piece, number, findings[number], before);
      keys.set(key, row);
      return row;
    });
    document.querySelectorAll(".row.current").forEach(leave);
    $("rows").replaceChildren(...rows);
    renderHead();
    renderSide();
    makeCurrent(current);
  }

  function rowOf(piece, number, findings, before) {
    const turn = piece.kind === "turn";
    const who = turn ? [piece.speaker, ...piece.also].map(nameOf).join(" and ") : piece.kind;
    const label = turn ? `Turn ${piece.number}, ${piece.role || "role unknown"}, ${who}` : `${piece.kind}`;
    const row = make("article", {
      tabindex: "-1",
      class: `row ${piece.kind} ${turn ? toneOf(piece.speaker) : ""} ${piece.corrected ? "corrected" : ""}`,
      id: `at-${piece.at}`, "aria-label": findings.length ? `${label}, ${plural(findings.length, "finding")}` : label, "data-number": String(number),
    });
    if (turn && before && editable()) {
      row.append(make("div", {
        class: "edge", role: "slider", tabindex: "-1", "aria-orientation": "vertical", "aria-label": `Beginning of turn ${piece.number}; arrow keys move it by words`,
        "aria-valuenow": String(piece.at), "aria-valuemin": String(model.pieces[number - 1].at), "aria-valuemax": String(piece.end),
        "aria-valuetext": brief(wordsOf(piece)).slice(0, 40),
      }));
    }
    const voice = make("div", { class: "voice" });
    if (turn) {
      const shown = `${signOf(piece.speaker)} ${who}`;
      voice.append(editable()
        ? make("button", { class: `who ${toneOf(piece.speaker)}`, tabindex: "-1", type: "button", "data-act": "voice", "aria-label": `${who}: change the speaker or the role` }, shown)
        : make("span", { class: `who ${toneOf(piece.speaker)}` }, shown));
      voice.append(make("span", { class: "role" }, piece.role || "role unknown"));
    } else {
      voice.append(editable() ? make("button", { class: "who none aside-kind", tabindex: "-1", type: "button", "data-act": "block", "aria-label": `${piece.kind}: change the kind` }, piece.kind)
        : make("span", { class: "aside-kind" }, piece.kind));
    }
    const words = make("div", { class: "words", dir: "auto" });
    piece.runs.forEach((run, index) => words.append(runOf(run, piece, index)));
    const margin = make("div", { class: "margin" }, ...findings.map(findingOf));
    row.append(voice, words, margin);
    return row;
  }

  function runOf(run, piece, index) {
    const names = run.in || [];
    const quotes = names.filter((name) => name[0] === "q").map((name) => +name.slice(1));
    const quote = quotes.length ? quotes.reduce((a, b) => (model.quotes[b].at >= model.quotes[a].at ? b : a)) : null;
    const classes = [];
    if (quote !== null) classes.push("q", model.quotes[quote].kind, toneOf(model.quotes[quote].speaker));
    if (names.includes("l")) classes.push("label");
    if (names.includes("e")) classes.push("event");
    if (names.includes("b")) classes.push("blank");
    if (names.some((name) => name[0] === "c")) classes.push("cue");
    if (names.some((name) => name[0] === "s")) classes.push("source");
    if (quote === null && !names.includes("l") && names.some((name) => name[0] === "m")) classes.push("mention");
    const node = make(quote === null ? "span" : "mark", { class: classes.join(" ") || null, "data-at": String(run.at), "data-in": names.length ? names.join(" ") : null });
    node.append(document.createTextNode(run.text));
    if (quote !== null) {
      const item = model.quotes[quote];
      const next = piece.runs[index + 1];
      if (!next || !(next.in || []).includes(`q${quote}`)) { node.classList.add("last"); node.dataset.sign = signOf(item.speaker); }
      const previous = piece.runs[index - 1];
      if (!previous || !(previous.in || []).includes(`q${quote}`)) {
        node.tabIndex = -1;
        node.dataset.quote = String(quote);
        node.setAttribute("aria-label", `${item.kind} quotation, said by ${nameOf(item.speaker)}: ${run.text}`);
        node.setAttribute("role", editable() ? "button" : "note");
      }
    }
    return node;
  }

  function findingOf(number) {
    const item = model.findings[number];
    const level = item.waived ? `waived ${item.level}` : item.level;
    const place = item.line ? `${item.line}:${item.column || 1} ` : "";
    return make(editable() && item.waivable ? "button" : "div", {
      class: `finding ${item.waived ? "waived" : item.level}`, tabindex: "-1", type: editable() && item.waivable ? "button" : null, "data-finding": String(number),
    }, make("b", {}, level), ` ${place}`, make("span", { class: "code" }, item.code), make("br"), item.message,
    item.waived ? make("span", { class: "hint" }, `Waived by ${item.waived}`) : item.hint ? make("span", { class: "hint" }, item.hint) : null);
  }

  function renderHead() {
    const facts = model.facts;
    document.title = `${facts.title || model.id} – onrecord review`;
    $("kind").textContent = `${model.path} · ${model.key}${model.fictional ? " · fictional" : ""}${live ? "" : " · for reading"}`;
    $("title").textContent = facts.title || model.id;
    $("facts").textContent = [facts.outlet, facts.date, facts.place, facts.language, plural(model.pieces.filter((piece) => piece.kind === "turn").length, "turn"),
      plural(model.quotes.length, "quotation"), `rights: ${model.rights.redistribution}${model.rights.licence ? `, ${model.rights.licence}` : ""}`].filter(Boolean).join(" · ");
    const open = model.findings.filter((item) => !item.waived);
    const errors = open.filter((item) => item.level === "error").length;
    const warnings = open.filter((item) => item.level === "warning").length;
    const verdict = $("verdict");
    verdict.className = `verdict ${model.accepted ? "good" : "bad"}`;
    verdict.textContent = model.accepted ? `accepted${warnings ? `, ${plural(warnings, "warning")}` : ""}` : `${plural(errors, "error")} to repair`;
    const tool = (key, text, act, off) => make("button", { type: "button", disabled: Boolean(off), "data-tool": act }, make("kbd", {}, key), ` ${text}`);
    $("tools").replaceChildren(...[
      tool("n", `next finding (${open.length})`, "next-finding", !model.findings.length),
      tool("q", `next quotation (${model.quotes.length})`, "next-quote", !model.quotes.length),
      editable() ? tool("t", "title, date …", "facts") : null,
      editable() ? tool("m", "mark words", "mark") : null,
      editable() ? tool("d", "divide", "divide") : null,
      editable() ? tool("b", "move boundary", "boundary") : null,
      editable() ? tool("g", "join with the turn before", "merge") : null,
      editable() ? tool("u", "undo", "undo", !model.undo) : null,
      live ? tool("r", "read again", "reload") : null,
      tool("?", "keys", "help"),
    ].filter(Boolean));
    if (live && model.sidecar.locked) notice(`Nothing can be saved: ${model.sidecar.locked}.`, true);
  }

  function renderSide() {
    $("speakers").replaceChildren(...model.speakers.map((item, number) => {
      const count = model.pieces.filter((piece) => piece.speaker === number).length;
      const quoted = model.quotes.filter((quote) => quote.speaker === number).length;
      const about = [item.kind, ...item.roles, ...item.descriptors].join(", ");
      const shown = `${SIGNS[item.tone]} ${item.name || "unnamed voice"}`;
      return make("li", {}, editable() ? make("button", { class: `who ${toneOf(number)}`, type: "button", "data-speaker": String(number), "aria-label": `${item.name || "unnamed voice"}: change name, kind or roles` }, shown)
        : make("span", { class: `who ${toneOf(number)}`, "data-speaker": String(number) }, shown),
      make("small", {}, `${about}; ${plural(count, "turn")}, quoted ${plural(quoted, "time")}`));
    }));
    const elsewhere = model.findings.map((item, number) => [item, number]).filter(([item]) => item.piece === null);
    $("about-files").hidden = !elsewhere.length;
    $("files").replaceChildren(...elsewhere.map(([, number]) => findingOf(number)));
    const items = model.corrections.map((item) => make("li", {},
      make("span", { class: `status ${item.status}` }, item.status || "not tried"), ` ${item.said}`,
      make("small", {}, `“${item.about}” – ${item.by}, ${item.on}: ${item.why} `, withdrawal("corrections", model.sidecar.corrections[item.index]))));
    const waivers = model.sidecar.waivers.map((item, index) => make("li", {}, make("span", { class: "status" }, "waived"), ` ${item.code}`,
      make("small", {}, `${item.by}: ${item.reason} `, withdrawal("waivers", index))));
    $("about-corrections").hidden = !items.length && !waivers.length;
    $("corrections").replaceChildren(...items, ...waivers);
    $("change").hidden = !model.diff;
    if (model.diff) {
      $("diff").replaceChildren(...model.diff.split("\n").map((line) => make("span", { class: /^(---|\+\+\+|@@)/.test(line) ? "at" : line[0] === "+" ? "add" : line[0] === "-" ? "del" : "at" }, line)));
    }
  }
  const withdrawal = (section, index) => editable() ? make("button", { class: "small", type: "button", onclick: () => send({ action: "withdraw", section, index }, "Taken back.") }, "take back") : null;

  function notice(text, info) {
    $("notice").hidden = !text;
    $("notice").className = info ? "notice info" : "notice";
    $("notice").textContent = text || "";
  }

  /* ---- the server ---- */
  async function request(path, body) {
    let answer;
    try {
      answer = await fetch(path, { method: body ? "POST" : "GET", headers: body ? { "Content-Type": "application/json" } : {}, body: body ? JSON.stringify(body) : undefined });
    } catch {
      throw Object.assign(new Error("The server does not answer. Is `onrecord review` still running?"), { status: 0 });
    }
    const value = await answer.json();
    if (!answer.ok) throw Object.assign(new Error(value.error || "This did not work."), { status: answer.status });
    return value;
  }
  function take(value, said) {
    const diff = value.diff;
    const at = rows[current] && document.activeElement && rows[current].contains(document.activeElement);
    model = { ...value, live, diff };
    notice("");
    render();
    if (at) focusRow(current, false);
    const open = model.findings.filter((item) => !item.waived);
    say(`${said} ${model.accepted ? "No error stands in the way." : `${plural(open.filter((item) => item.level === "error").length, "error")} to repair.`}`);
  }
  async function send(action, said) {
    try {
      take(await request("save", { base: model.sidecar.digest, action }), said || "Saved.");
      return null;
    } catch (error) {
      const text = error.status === 409 ? `${error.message}. Nothing was overwritten. Read again, look, and save once more if it still holds.` : error.message;
      notice(text);
      return text;
    }
  }
  async function undo() { try { take(await request("undo", {}), "Taken back."); } catch (error) { notice(error.message); } }
  async function reload() { try { take(await request("model"), "Read again."); return true; } catch (error) { notice(error.message); return false; } }

  /* ---- dialogs ---- */
  function field(name, label, control) {
    control.id = `field-${name}`;
    control.name = name;
    return make("div", { class: "field" }, make("label", { for: control.id }, label), control);
  }
  const select = (options, chosen) => {
    const control = make("select", {}, ...options.map(([value, text]) => make("option", { value }, text)));
    control.value = chosen === null || chosen === undefined ? "" : String(chosen);
    return control;
  };
  function speakerFields(chosen) {
    const options = [...model.speakers.map((item) => [item.id, item.name || item.id]), ["", "unknown voice"], ["+", "somebody else …"]];
    const control = select(options, chosen === null || chosen === undefined ? "" : model.speakers[chosen].id);
    const name = make("input", { type: "text", autocomplete: "off" });
    const other = field("name", "Name", name);
    const sync = () => { other.hidden = control.value !== "+"; if (!other.hidden) name.focus(); };
    control.addEventListener("change", sync);
    other.hidden = true;
    return [field("speaker", "Speaker", control), other];
  }
  const speakerFrom = (values) => values.speaker === "+" ? values.name.trim() || null : values.speaker || null;

  function ask({ title, about, fields, why, save, extra }) {
    const dialog = $("dialog");
    const reason = make("input", { type: "text", required: true, maxlength: "2000", value: why || "" });
    const by = make("input", { type: "text", required: true, maxlength: "200", value: lastBy, autocomplete: "name" });
    const wrong = make("p", { class: "notice", role: "alert", hidden: true });
    const again = make("button", { type: "button", hidden: true, onclick: async () => { if (await reload()) { wrong.hidden = true; again.hidden = true; } } }, "Read again");
    const form = make("form", { method: "dialog" }, make("h2", { id: "dialog-title" }, title), about ? make("p", { class: "about", dir: "auto" }, about) : null, ...fields,
      field("why", "Why", reason), field("by", "Your name", by), wrong,
      make("div", { class: "actions" }, ...(extra || []), again, make("button", { type: "button", onclick: () => dialog.close() }, "Cancel"), make("button", { type: "submit", class: "first" }, "Save")));
    const finish = async (action, said) => {
      lastBy = by.value.trim();
      const problem = await send({ ...action, by: lastBy, why: reason.value.trim() }, said);
      if (problem === null) { dialog.close(); focusRow(current, false); return; }
      wrong.textContent = problem;
      wrong.hidden = false;
      again.hidden = !/Nothing was overwritten/.test(problem);
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const values = Object.fromEntries(new FormData(form).entries());
      finish(save(values));
    });
    form.finish = (action) => { if (form.reportValidity()) finish(action); };
    dialog.replaceChildren(form);
    dialog.showModal();
    const first = form.querySelector("select, input");
    if (first) first.focus();
    return form;
  }

  function askVoice(number) {
    const piece = model.pieces[number];
    if (piece.kind !== "turn") return askBlock(number);
    const role = select(ROLES, piece.role);
    ask({
      title: `Who speaks in turn ${piece.number}?`, about: brief(wordsOf(piece)), fields: [...speakerFields(piece.speaker), field("role", "Role", role)],
      why: "Heard from what is said.",
      save: (values) => ({ action: "voice", item: piece.id, speaker: speakerFrom(values), role: values.role || null }),
    });
  }
  function askBlock(number) {
    const piece = model.pieces[number];
    ask({
      title: "What is this?", about: brief(wordsOf(piece)), fields: [field("kind", "Kind", select(BLOCKS.map((kind) => [kind, kind]), piece.kind))],
      why: "Seen in the text.", save: (values) => ({ action: "block", start: piece.at, end: piece.end, kind: values.kind }),
    });
  }
  function askQuote(start, end) {
    const words = textBetween(start, end);
    const piece = model.pieces[pieceAt(start)];
    ask({
      title: "A quotation", about: brief(words), fields: [field("kind", "Kind", select(QUOTES.map((kind) => [kind, kind]), /^\s*["“”„«»‘'「『]/.test(words) ? "direct" : "indirect")), ...speakerFields(null)],
      why: "Seen in the text.", save: (values) => ({ action: "quote", start, end, kind: values.kind, speaker: speakerFrom(values) }),
    });
    return piece;
  }
  function editQuote(number) {
    const item = model.quotes[number];
    quoteInHand = item.id;
    const remove = make("button", { type: "button", class: "away" }, "This is no quotation");
    const form = ask({
      title: "Quotation", about: item.words, fields: [field("kind", "Kind", select(QUOTES.map((kind) => [kind, kind]), item.kind)), ...speakerFields(item.speaker)],
      why: "Seen in the text.", extra: [remove],
      save: (values) => ({ action: "quotation", item: item.id, kind: values.kind, speaker: speakerFrom(values) }),
    });
    remove.addEventListener("click", () => form.finish({ action: "unquote", item: item.id }));
  }
  function askPart(part, start, end) {
    const item = model.quotes.find((quote) => quote.id === quoteInHand);
    if (!item) { notice("Click a quotation first; then mark its cue or source.", true); return; }
    ask({
      title: part === "cue" ? "The words that report" : "The words that name the source", about: `${brief(textBetween(start, end))}\nof: ${item.words}`, fields: [],
      why: "Seen in the text.", save: () => ({ action: "quotation", item: item.id, [part]: [start, end] }),
    });
  }
  function askBoundary(number, to) {
    const piece = model.pieces[number];
    const up = to < piece.at;
    ask({
      title: `Turn ${piece.number} begins elsewhere`, about: `${up ? `Now said by ${nameOf(piece.speaker)}` : `Now said by ${nameOf(model.pieces[number - 1].speaker)}`}: ${brief(textBetween(Math.min(to, piece.at), Math.max(to, piece.at)))}`,
      fields: [], why: "The voice changes here.", save: () => ({ action: "boundary", item: piece.id, to }),
    });
  }
  function askDivide(number, to) {
    const piece = model.pieces[number];
    if (piece.kind !== "turn") return notice("Only a turn can be divided.", true);
    const role = select(ROLES, piece.role === "answer" ? "question" : piece.role === "question" ? "answer" : "");
    const others = model.pieces.filter((item) => item.kind === "turn" && item.speaker !== piece.speaker && item.speaker !== null);
    ask({
      title: `A new turn begins inside turn ${piece.number}`, about: brief(textBetween(to, piece.end)), fields: [...speakerFields(others.length ? others[0].speaker : null), field("role", "Role", role)],
      why: "The voice changes here.", save: (values) => ({ action: "divide", item: piece.id, to, speaker: speakerFrom(values), role: values.role || null }),
    });
  }
  function askMerge(number) {
    const piece = model.pieces[number];
    const before = model.pieces[number - 1];
    if (!piece || piece.kind !== "turn" || !before || before.kind !== "turn") return notice("There is no turn directly before this one.", true);
    ask({
      title: `Turn ${piece.number} goes on with turn ${before.number}`, about: `Now said by ${nameOf(before.speaker)}: ${brief(wordsOf(piece))}`, fields: [],
      why: "The same voice goes on.", save: () => ({ action: "merge", item: piece.id }),
    });
  }
  function askWaive(number) {
    const item = model.findings[number];
    if (!item.waivable) return;
    ask({
      title: `Accept ${item.code}`, about: item.message, fields: [field("expires", "Until", make("input", { type: "date" }))], why: "",
      save: (values) => ({ action: "waive", code: item.code, where: item.where, line: item.line, expires: values.expires || null }),
    });
  }
  function askSpeaker(number) {
    const item = model.speakers[number];
    const role = make("input", { type: "text", value: item.roles.join(", "), autocomplete: "off" });
    ask({
      title: "This speaker, everywhere", about: [...item.labels, ...item.aliases].join(", "),
      fields: [field("name", "Name", make("input", { type: "text", value: item.named ? item.name : "", autocomplete: "off" })), field("kind", "Kind", select(KINDS.map((kind) => [kind, kind]), item.kind)), field("roles", "Roles", role)],
      why: "Known from the source.",
      save: (values) => {
        const action = { action: "speaker", item: item.id };
        const roles = values.roles.split(",").map((word) => word.trim()).filter(Boolean);
        if (values.name.trim() && values.name.trim() !== (item.named ? item.name : "")) action.name = values.name.trim();
        if (values.kind !== item.kind) action.kind = values.kind;
        if (roles.join() !== item.roles.join()) action.roles = roles;
        return action;
      },
    });
  }

  function askFacts() {
    const facts = model.facts;
    const names = ["title", "outlet", "date", "place", "language"];
    ask({
      title: "About this interview", about: "", fields: names.map((name) => field(name, name[0].toUpperCase() + name.slice(1), make("input", { type: "text", value: facts[name] || "", autocomplete: "off" }))),
      why: "Known from the source.",
      save: (values) => {
        const action = { action: "metadata" };
        for (const name of names) if (values[name].trim() !== (facts[name] || "")) action[name] = values[name].trim() || null;
        return action;
      },
    });
  }

  /* ---- places ---- */
  function pieceAt(place) {
    let low = 0, high = model.pieces.length - 1;
    while (low < high) { const middle = (low + high + 1) >> 1; if (model.pieces[middle].at <= place) low = middle; else high = middle - 1; }
    return low;
  }
  function textBetween(start, end) {
    let text = "";
    for (let number = pieceAt(start); number < model.pieces.length && model.pieces[number].at < end; number += 1) {
      for (const run of model.pieces[number].runs) {
        const length = points(run.text);
        const low = Math.max(0, start - run.at), high = Math.min(length, end - run.at);
        if (low < high) text += run.text.slice(units(run.text, low), units(run.text, high));
      }
    }
    return text;
  }
  function placeOf(node, offset) {
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    const run = element && element.closest("[data-at]");
    if (run) return +run.dataset.at + (node.nodeType === Node.TEXT_NODE ? points(node.data.slice(0, offset)) : offset ? points(run.textContent) : 0);
    const words = element && element.closest(".words");
    if (!words || !words.firstElementChild || !words.firstElementChild.dataset.at) return null;
    const child = words.childNodes[offset];
    return child ? +child.dataset.at : +words.lastElementChild.dataset.at + points(words.lastElementChild.textContent);
  }
  function spotOf(place) {
    const number = pieceAt(place);
    const words = rows[number].querySelector(".words");
    let last = null;
    for (const run of words.children) { if (+run.dataset.at <= place) last = run; else break; }
    if (!last) return null;
    const node = last.firstChild;
    return [node, units(node.data, place - +last.dataset.at)];
  }
  function rangesOf(start, end) {
    const ranges = [];
    for (let number = pieceAt(start); number < model.pieces.length && model.pieces[number].at < end; number += 1) {
      const piece = model.pieces[number], last = rows[number].querySelector(".words").lastElementChild;
      const from = spotOf(Math.max(start, piece.at)), to = end < piece.end ? spotOf(end) : last && [last.firstChild, last.firstChild.length];
      if (!from || !to) continue;
      const range = document.createRange();
      range.setStart(...from);
      range.setEnd(...to);
      ranges.push(range);
    }
    return ranges;
  }
  function show(start, end, caretAt) {
    if (window.Highlight && CSS.highlights) CSS.highlights.set("moving", new Highlight(...rangesOf(start, end)));
    const spot = spotOf(caretAt);
    const caret = $("caret");
    if (!spot) return;
    const one = document.createRange();
    one.setStart(...spot);
    one.setEnd(spot[0], Math.min(spot[0].data.length, spot[1] + 1));
    const box = one.getClientRects()[0] || one.getBoundingClientRect();
    caret.hidden = false;
    caret.style.left = `${box.left - 2}px`;
    caret.style.top = `${box.top}px`;
    caret.style.height = `${box.height}px`;
  }
  function hide() { if (window.Highlight && CSS.highlights) CSS.highlights.delete("moving"); $("caret").hidden = true; }
  function starts(text, at, pattern) {
    const places = [];
    let units16 = 0, place = at;
    for (const match of text.matchAll(pattern)) { place += points(text.slice(units16, match.index)); units16 = match.index; places.push(place); }
    return places;
  }
  const WORD = /\S+/gu;
  const SENTENCE = /(?<=[.!?…。！？]["”’»)]*\s+|\n\s*|^)\S/gu;
  function near(places, place) {
    let best = places[0];
    for (const item of places) if (Math.abs(item - place) < Math.abs(best - place)) best = item;
    return best;
  }

  /* ---- boundaries: drag or arrow keys ---- */
  function beginMove(edge) {
    const number = +edge.closest(".row").dataset.number;
    const before = model.pieces[number - 1], piece = model.pieces[number];
    const text = wordsOf(before) + wordsOf(piece);
    const words = starts(text, before.at, WORD).filter((place) => place > before.at && place < piece.end);
    const sentences = starts(text, before.at, SENTENCE).filter((place) => place > before.at && place < piece.end);
    edge.classList.add("moving");
    return { edge, number, words, sentences, from: piece.at, to: piece.at };
  }
  function moveTo(place) {
    dragging.to = place;
    show(Math.min(place, dragging.from), Math.max(place, dragging.from), place);
    dragging.edge.setAttribute("aria-valuenow", String(place));
    dragging.edge.setAttribute("aria-valuetext", brief(textBetween(place, place + 40)));
  }
  function endMove(save) {
    const move = dragging;
    if (!move) return;
    dragging = null;
    move.edge.classList.remove("moving");
    hide();
    if (save && move.to !== move.from) askBoundary(move.number, move.to);
  }
  function placeAt(x, y) {
    if (document.caretPositionFromPoint) { const found = document.caretPositionFromPoint(x, y); return found ? placeOf(found.offsetNode, found.offset) : null; }
    const range = document.caretRangeFromPoint ? document.caretRangeFromPoint(x, y) : null;
    return range ? placeOf(range.startContainer, range.startOffset) : null;
  }
  $("rows").addEventListener("pointerdown", (event) => {
    const edge = event.target.closest(".edge");
    if (!edge) return;
    event.preventDefault();
    dragging = beginMove(edge);
    dragging.pointer = true;
    $("tip").hidden = true;
    edge.setPointerCapture(event.pointerId);
    edge.style.pointerEvents = "none";
  });
  document.addEventListener("pointermove", (event) => {
    if (!dragging || !dragging.pointer) return;
    const place = placeAt(event.clientX, event.clientY);
    if (place !== null) moveTo(near(dragging.words, place));
    if (event.clientY > innerHeight - 40) scrollBy(0, 20); else if (event.clientY < 150) scrollBy(0, -20);
  });
  document.addEventListener("pointerup", () => { if (dragging && dragging.pointer) { dragging.edge.style.pointerEvents = ""; endMove(true); } });

  /* ---- marking words: mouse selection, or words by keyboard ---- */
  function selected() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const start = placeOf(range.startContainer, range.startOffset), end = placeOf(range.endContainer, range.endOffset);
    return start !== null && end !== null && start < end && $("rows").contains(range.commonAncestorContainer) ? [start, end] : null;
  }
  function beginMark(divide) {
    const piece = model.pieces[current];
    const text = wordsOf(piece);
    const words = [...text.matchAll(WORD)].map((match) => [match.index, match.index + match[0].length]);
    if (!words.length) return;
    let base = 0, place = piece.at;
    const places = words.map(([low, high]) => { place += points(text.slice(base, low)); const start = place; place += points(text.slice(low, high)); base = high; return [start, place]; });
    marking = { places, from: divide ? Math.min(1, places.length - 1) : 0, to: divide ? Math.min(1, places.length - 1) : 0, divide };
    showMark();
    say(divide ? "Arrow keys choose where the new turn begins, Enter divides, Escape stops." : "Arrow keys choose words, with Shift more of them; Enter marks a quotation, c its cue, s its source, Escape stops.");
  }
  function showMark() {
    const [start] = marking.places[marking.from], [, end] = marking.places[marking.to];
    show(start, end, start);
    say(brief(textBetween(start, end)).slice(0, 80));
  }
  function endMark() { marking = null; hide(); }
  function markKey(event) {
    const last = marking.places.length - 1;
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 10, ArrowUp: -10 }[event.key];
    const [start] = marking.places[marking.from], [, end] = marking.places[marking.to];
    if (step) {
      if (event.shiftKey && !marking.divide) marking.to = Math.min(last, Math.max(marking.from, marking.to + step));
      else { marking.from = Math.min(last, Math.max(0, marking.from + step)); marking.to = marking.from; }
      showMark();
    } else if (event.key === "Enter") {
      const divide = marking.divide;
      endMark();
      if (divide) askDivide(current, start); else askQuote(start, end);
    } else if (event.key === "c" || event.key === "s") { endMark(); askPart(event.key === "c" ? "cue" : "source", start, end); }
    else if (event.key === "Escape") endMark();
    else return;
    event.preventDefault();
  }
  function offer() {
    const bar = $("picked");
    const range = editable() && !$("dialog").open ? selected() : null;
    bar.hidden = !range;
    if (!range) return;
    const box = getSelection().getRangeAt(0).getBoundingClientRect();
    const [start, end] = range;
    const button = (key, text, act) => make("button", { type: "button", onmousedown: (event) => event.preventDefault(), onclick: () => { bar.hidden = true; getSelection().removeAllRanges(); act(); } }, make("kbd", {}, key), ` ${text}`);
    bar.replaceChildren(button("m", "quotation", () => askQuote(start, end)), button("d", "new turn from here", () => askDivide(pieceAt(start), start)),
      ...(quoteInHand ? [button("c", "cue", () => askPart("cue", start, end)), button("s", "source", () => askPart("source", start, end))] : []));
    bar.style.left = `${Math.max(8, Math.min(innerWidth - 380, box.left))}px`;
    bar.style.top = `${Math.min(innerHeight - 60, box.bottom + 8)}px`;
  }
  document.addEventListener("selectionchange", () => { clearTimeout(offer.timer); offer.timer = setTimeout(offer, 120); });

  /* ---- evidence, on hover and on focus ---- */
  function tell(target) {
    const quote = target.closest("[data-in]");
    document.querySelectorAll(".linked").forEach((node) => node.classList.remove("linked"));
    const tip = $("tip");
    let lines = null, box = target;
    const names = quote ? quote.dataset.in.split(" ") : [];
    const numbers = names.filter((name) => "qcs".includes(name[0])).map((name) => +name.slice(1));
    if (numbers.length) {
      const number = numbers[numbers.length - 1], item = model.quotes[number];
      quote.closest(".rows")?.querySelectorAll(`[data-in~="q${number}"], [data-in~="c${number}"], [data-in~="s${number}"]`).forEach((node) => node.classList.add("linked"));
      lines = [`${item.kind} quotation, said by ${nameOf(item.speaker)}`, ...(item.source ? [`source: ${item.source}`] : []), ...(item.cue ? [`cue: ${item.cue}`] : []), ...item.evidence];
      box = quote;
    } else if (target.closest("[data-act='voice'], span.who, .edge") && target.closest(".row.turn")) {
      const piece = model.pieces[+target.closest(".row").dataset.number];
      const speaker = piece.speaker === null ? null : model.speakers[piece.speaker];
      lines = [`${nameOf(piece.speaker)}: ${piece.role || "role unknown"}`, ...piece.evidence, ...(speaker ? speaker.evidence : [])];
      box = target.closest(".who, .edge");
    } else if (target.closest("[data-speaker]")) {
      const speaker = model.speakers[+target.closest("[data-speaker]").dataset.speaker];
      lines = [speaker.name || "unnamed voice", ...speaker.evidence, ...(speaker.labels.length ? [`printed: ${speaker.labels.join(", ")}`] : [])];
    } else if (names.some((name) => name[0] === "m")) {
      const speaker = +names.find((name) => name[0] === "m").slice(1);
      lines = [nameOf(speaker), ...model.speakers[speaker].evidence.slice(0, 2)];
      box = quote;
    }
    tip.hidden = !lines;
    if (!lines) return;
    tip.replaceChildren(make("b", {}, lines[0]), ...lines.slice(1, 7).map((line) => make("div", {}, line)));
    const rect = box.getBoundingClientRect();
    tip.style.left = `${Math.max(8, Math.min(innerWidth - 450, rect.left))}px`;
    tip.style.top = rect.bottom + tip.offsetHeight + 12 > innerHeight ? `${Math.max(8, rect.top - tip.offsetHeight - 8)}px` : `${rect.bottom + 8}px`;
    box.setAttribute("aria-describedby", "tip");
  }
  document.addEventListener("mouseover", (event) => { if (!dragging && event.target instanceof Element) tell(event.target); });
  document.addEventListener("focusin", (event) => { if (event.target instanceof Element && event.target.matches("mark, .who, .edge")) tell(event.target); else if (!event.target.closest("mark")) $("tip").hidden = true; });
  document.addEventListener("scroll", () => {
    const active = document.activeElement; // what has the focus keeps its evidence beside it
    if (!$("tip").hidden && active && active.matches("mark, .who, .edge")) tell(active); else $("tip").hidden = true;
  }, { passive: true });

  /* ---- moving around ---- */
  function leave(row) {
    row.tabIndex = -1;
    row.classList.remove("current");
    row.querySelectorAll("button.who, .edge, button.finding").forEach((node) => { node.tabIndex = -1; });
  }
  function makeCurrent(number) {
    if (!rows.length) { current = 0; return; }
    if (rows[current]) leave(rows[current]);
    current = Math.max(0, Math.min(rows.length - 1, number));
    const row = rows[current];
    row.tabIndex = 0;
    row.classList.add("current");
    row.querySelectorAll("button.who, .edge, button.finding").forEach((node) => { node.tabIndex = 0; });
  }
  function focusRow(number, scroll = true) {
    makeCurrent(number);
    if (!rows.length) return;
    rows[current].focus({ preventScroll: !scroll });
    if (scroll) rows[current].scrollIntoView({ block: "nearest" });
  }
  function nextOf(selector, step) {
    const nodes = [...document.querySelectorAll(selector)];
    if (!nodes.length) return;
    const active = document.activeElement;
    let at = nodes.indexOf(active);
    if (at < 0) {
      const from = rows[current];
      at = nodes.findIndex((node) => from === node || from.contains(node) || from.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING);
      if (at < 0) at = 0;
      if (step < 0) at -= 1;
    } else at += step;
    const node = nodes[(at + nodes.length) % nodes.length];
    const row = node.closest(".row");
    if (row) makeCurrent(+row.dataset.number);
    if (node.tabIndex < 0) node.tabIndex = -1;
    node.scrollIntoView({ block: "center" });
    node.focus({ preventScroll: true });
  }
  function help() {
    const line = (key, text) => make("tr", {}, make("td", {}, make("kbd", {}, key)), make("td", {}, text));
    const toggle = make("input", { type: "checkbox", id: "single" });
    toggle.checked = singleKeys;
    toggle.style.width = "auto";
    toggle.addEventListener("change", () => { singleKeys = toggle.checked; });
    const edit = editable() ? [line("Enter / s", "change the speaker or role of this turn; the kind of another block; a quotation; accept a finding"), line("b, then ← → ↑ ↓ Enter", "move the beginning of this turn by words or sentences (or drag the line above it)"),
      line("d, then ← → Enter", "divide this turn"), line("g", "join this turn with the one before"), line("m, then ← → Shift+→ Enter", "mark a quotation by words (or select it with the mouse)"), line("c, s", "while marking: the cue or the source of the quotation last opened"), line("t", "title, outlet, date, place, language"), line("u", "take the last saving back"), line("r", "read the files again")] : [];
    $("help").replaceChildren(make("h2", { id: "help-title" }, "Keys"), make("table", { class: "keys" }, make("tbody", {}, line("j / k, ↓ / ↑", "next, previous passage"), line("n / N", "next, previous finding"), line("q / Q", "next, previous quotation"), ...edit, line("Esc", "stop"))),
      make("p", {}, make("label", {}, toggle, " single keys are commands")), make("div", { class: "actions" }, make("button", { class: "first", type: "button", onclick: () => $("help").close() }, "Close")));
    $("help").showModal();
  }
  const acts = {
    "next-finding": () => nextOf(".finding", 1), "next-quote": () => nextOf("[data-quote]", 1), facts: askFacts, help, undo, reload,
    mark: () => { const range = selected(); if (range) askQuote(...range); else { focusRow(current); beginMark(false); } },
    divide: () => { const range = selected(); if (range) askDivide(pieceAt(range[0]), range[0]); else if (model.pieces[current].kind === "turn") { focusRow(current); beginMark(true); } else notice("Only a turn can be divided.", true); },
    boundary: () => { const edge = rows[current].querySelector(".edge"); if (edge) { rows[current].scrollIntoView({ block: "center" }); edge.focus(); } else notice("There is no turn directly before this one.", true); },
    merge: () => askMerge(current),
  };
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (!target) return;
    const tool = target.closest("[data-tool]");
    if (tool) return acts[tool.dataset.tool]();
    const row = target.closest(".row");
    if (row) makeCurrent(+row.dataset.number);
    if (!editable()) return;
    if (target.closest("button.finding")) return askWaive(+target.closest(".finding").dataset.finding);
    if (target.closest("[data-speaker]")) return askSpeaker(+target.closest("[data-speaker]").dataset.speaker);
    if (row && target.closest("[data-act]")) return askVoice(current);
    const mark = target.closest("mark");
    if (row && mark && getSelection().isCollapsed) {
      const numbers = mark.dataset.in.split(" ").filter((name) => name[0] === "q").map((name) => +name.slice(1));
      editQuote(numbers.reduce((a, b) => (model.quotes[b].at >= model.quotes[a].at ? b : a)));
    }
  });
  $("rows").addEventListener("focusin", (event) => { const row = event.target.closest(".row"); if (row && +row.dataset.number !== current) makeCurrent(+row.dataset.number); });
  document.addEventListener("keydown", (event) => {
    const active = document.activeElement;
    if (event.ctrlKey || event.metaKey || event.altKey || $("dialog").open || $("help").open || active.matches("input, select, textarea")) return;
    if (marking) return markKey(event);
    if (active.matches(".edge")) {
      const step = { ArrowRight: ["words", 1], ArrowLeft: ["words", -1], ArrowDown: ["sentences", 1], ArrowUp: ["sentences", -1] }[event.key];
      if (step) {
        event.preventDefault();
        dragging = dragging || beginMove(active);
        const places = dragging[step[0]];
        const next = step[1] > 0 ? places.find((place) => place > dragging.to) : places.filter((place) => place < dragging.to).pop();
        if (next !== undefined) moveTo(next);
        return;
      }
      if (event.key === "Enter" && dragging) { event.preventDefault(); return endMove(true); }
      if (event.key === "Escape") { endMove(false); return focusRow(current, false); }
    }
    const key = event.key;
    const doing = {
      ArrowDown: () => focusRow(current + 1), ArrowUp: () => focusRow(current - 1), Escape: () => { $("tip").hidden = true; hide(); notice(""); },
      Enter: () => { if (!editable()) return false; if (active.matches("mark[data-quote]")) editQuote(+active.dataset.quote); else if (active.matches(".row")) askVoice(current); else return false; return true; },
      ...(singleKeys ? {
        j: () => focusRow(current + 1), k: () => focusRow(current - 1), n: acts["next-finding"], N: () => nextOf(".finding", -1), q: acts["next-quote"], Q: () => nextOf("[data-quote]", -1), "?": help,
        ...(editable() ? { s: () => askVoice(current), b: acts.boundary, d: acts.divide, g: acts.merge, m: acts.mark, t: askFacts, u: () => { if (model.undo) undo(); }, w: () => { if (active.matches("button.finding")) askWaive(+active.dataset.finding); } } : {}),
        ...(live ? { r: reload } : {}),
      } : {}),
    }[key];
    if (!doing || (["ArrowDown", "ArrowUp"].includes(key) && !active.closest(".rows") && active !== document.body)) return;
    if (doing() !== false) event.preventDefault();
  });
  document.addEventListener("focusout", (event) => { if (dragging && !dragging.pointer && event.target === dragging.edge) endMove(false); });

  render();
  const wanted = /^#(?:turn|quote|speaker)@(\d+)/.exec(decodeURIComponent(location.hash));
  if (wanted && rows.length) focusRow(pieceAt(+wanted[1]));
  document.body.dataset.ready = "true";
})();
