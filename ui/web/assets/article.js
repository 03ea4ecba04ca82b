// An article in the panel: its text with the cited sentences marked, or its pages as printed.
import { $, blank, fetchJson, make, scanTag, sentence } from "./dom.js";
import { drawPages } from "./facsimile.js";
import { openSheet, select } from "./panel.js";

const calm = matchMedia("(prefers-reduced-motion: reduce)");
const TAGS = { headline: "h2", heading: "h3" };
const VIEWS = { text: "文字", page: "版面" };
// The address of a chip: #ev-<turn>-<label>-<article>-<start>-<end>-<check>
const PLACE = /^#ev-\d+-((\d+)-(\w+)-\d+-\d+-\w+)$/;

let asked = 0; // of several articles asked for, only the last one is drawn
let shown = null; // the article drawn, and the label of the citation that is pointed to
let chosen = "text"; // text or page: kept for as long as the visit lasts
try { chosen = sessionStorage.getItem("wenyuan-view") || chosen; } catch { /* a private window */ }

/** Show one line in place of an article. */
export const empty = (text) => {
	asked += 1;
	shown = null;
	delete $("#article").dataset.view;
	$("#article").replaceChildren(blank(text));
};

const drawRun = (run, begun) => {
	if (!run.labels.length) return run.doubtful ? make("span", "doubtful", run.text) : run.text;
	const mark = make("mark", run.doubtful ? "cited doubtful" : "cited");
	mark.tabIndex = -1;
	mark.dataset.labels = ` ${run.labels.join(" ")} `;
	for (const label of run.labels.filter((label) => !begun.has(label))) {
		begun.add(label);
		mark.append(make("span", "number", String(label)));
	}
	mark.append(run.text);
	return mark;
};

const viewButton = (name, view, className = "") => {
	const button = make("button", className, name);
	button.type = "button";
	button.dataset.view = view;
	return button;
};

/** The switch between text and pages. */
const drawViews = (view) => {
	const buttons = Object.entries(VIEWS).map(([key, name]) => {
		const button = viewButton(name, key);
		button.setAttribute("aria-pressed", String(key === view));
		return button;
	});
	const group = make("div", "views", ...buttons);
	group.setAttribute("role", "group");
	group.setAttribute("aria-label", "看文字还是看版面");
	return group;
};

/** The bar that stays above the text: the switch, and whether what is cited can be relied on. */
const drawTextBar = (article, quote) => {
	const doubtful = quote ? quote.doubtful : article.scan?.doubtful;
	const views = article.pages.length ? drawViews("text") : null;
	const tag = scanTag(quote ? quote.scan : article.scan?.mark);
	const way = doubtful && views ? viewButton("对照版面", "page", "compare") : null;
	return views || tag ? make("div", "bar", views, make("p", "doubt", tag, way)) : "";
};

const drawEyebrow = (article, scan) => {
	const line = [article.report, article.label].filter(Boolean).join("\u00a0· ");
	return make("p", "eyebrow", `${line} `, scanTag(scan));
};

/** What must be known of the text before it is relied on: that it changed, that it may be misread. */
const drawNotes = (article, quote, view) => {
	const notes = [];
	if (article.changed) {
		notes.push(make("p", "changed", "这篇报道在回答之后更新过，原句可能已经改动。"));
	}
	if (quote?.doubtful && view === "page") {
		const read = `引文 ${quote.labels.join("、")} 识别为：“${quote.text}”请与图中标出的地方对照。`;
		notes.push(make("p", "scanned", make("strong", "", `${quote.scan}。`), read));
	} else if (article.scan?.doubtful && view === "text") {
		const told = `文字由机器从图像中识别，标有点线的 ${article.scan.doubtful} 句把握不大，请对照版面。`;
		notes.push(make("p", "scanned", make("strong", "", `${article.scan.mark}。`), told));
	}
	return notes;
};

const drawText = (article, quote) => {
	const begun = new Set();
	const story = make("article", "story", drawEyebrow(article), ...drawNotes(article, quote, "text"));
	if (!article.blocks.some((block) => block.kind === "headline")) {
		story.append(make("h2", "headline", article.headline));
	}
	for (const block of article.blocks) {
		const runs = block.runs.map((run) => drawRun(run, begun));
		story.append(make(TAGS[block.kind] || "p", block.kind, ...runs));
	}
	$("#article").replaceChildren(drawTextBar(article, quote), story);
	$("#article").scrollTop = 0;
};

const point = (label, focus) => {
	const box = $("#article");
	const marks = [...box.querySelectorAll("mark.cited")];
	const pointed = marks.filter((mark) => mark.dataset.labels.includes(` ${label} `));
	marks.forEach((mark) => mark.classList.toggle("on", pointed.includes(mark)));
	const [first] = pointed;
	if (first) {
		const offset = first.getBoundingClientRect().top - box.getBoundingClientRect().top;
		const top = box.scrollTop + offset - box.clientHeight / 4;
		box.scrollTo({ top, behavior: calm.matches ? "auto" : "smooth" });
	}
	if (focus) (first || box).focus({ preventScroll: true });
};

const draw = (focus) => {
	const { article, label } = shown;
	const view = article.pages.length ? chosen : "text";
	const quote = article.quotes.find((one) => one.labels.includes(Number(label)));
	$("#article").dataset.view = view;
	if (view === "text") {
		drawText(article, quote);
		point(label, focus);
		return;
	}
	const { tools, plate, ready } = drawPages(article, quote);
	const tag = quote ? !quote.doubtful && quote.scan : article.scan?.mark;
	const head = make("div", "plate-head", drawEyebrow(article, tag), ...drawNotes(article, quote, "page"));
	$("#article").replaceChildren(make("div", "bar", drawViews("page"), tools), head, plate);
	ready(focus);
};

/** Look at the other side of the article: its text, or its pages; at a citation, if one is named. */
export const look = (view, label) => {
	if (!shown) return;
	chosen = view;
	try { sessionStorage.setItem("wenyuan-view", view); } catch { /* a private window */ }
	if (label) shown.label = label;
	const pressed = document.activeElement?.matches(".views button");
	draw(!pressed);
	if (pressed) $(`.views [data-view="${view}"]`)?.focus();
};

/** Open an article; with a label, its cited words are shown and, if wanted, given the focus. */
export const openArticle = async (id, { places = [], label = "", from = null } = {}) => {
	const mine = ++asked;
	select("article");
	if (from) openSheet(from);
	try {
		const query = places.map((place) => `cite=${encodeURIComponent(place)}`).join("&");
		const article = await fetchJson(`articles/${encodeURIComponent(id)}?${query}`);
		if (mine !== asked) return;
		shown = { article, label };
		draw(Boolean(from));
	} catch (error) {
		if (mine === asked) empty(sentence(error));
	}
};

const placeOf = (link) => {
	const match = PLACE.exec(link.getAttribute("href"));
	return match && { token: match[1], label: match[2], article: match[3] };
};

/** Open what a chip cites, with all that its turn cites of the same article marked. */
export const cite = (link, { focus }) => {
	const place = placeOf(link);
	if (!place) return;
	document.querySelectorAll("a.cite.open").forEach((other) => other.classList.remove("open"));
	if (link.matches(".cite")) link.classList.add("open");
	const turn = link.closest(".turn") || link.parentElement;
	const all = [...turn.querySelectorAll('a[href^="#ev-"]')].map(placeOf).filter(Boolean);
	const own = all.filter((other) => other.article === place.article);
	const places = [...new Set(own.map((other) => other.token))];
	const from = focus ? link.getAttribute("href") : null;
	openArticle(place.article, { places, label: place.label, from });
};
