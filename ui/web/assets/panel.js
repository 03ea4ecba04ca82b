// The panel: whole articles with their cited sentences, and the catalogue of reports.
// A column on wide screens, a sheet from below on narrow ones.
import { $, blank, fetchJson, make, sentence } from "./dom.js";

export const narrow = matchMedia("(max-width: 900px)");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const TAGS = { headline: "h2", heading: "h3" };
// The address of a chip: #ev-<turn>-<label>-<article>-<start>-<end>-<check>
const PLACE = /^#ev-\d+-((\d+)-(\w+)-\d+-\d+-\w+)$/;

let opener = null; // the address of the chip, or the element, that focus goes back to
let asked = 0; // of several articles asked for, only the last one is drawn
let catalogueLoaded = false;

/** Keep what is behind or below out of the keyboard's reach. */
export const settle = () => {
	const open = narrow.matches && document.body.classList.contains("sheet-open");
	$("#panel").inert = narrow.matches && !open;
	for (const behind of ["#masthead", "gradio-app"]) $(behind).inert = open;
};

export const openSheet = (from) => {
	opener = from;
	document.body.classList.add("sheet-open");
	settle();
};

/** Close the sheet, or on wide screens leave the panel: focus returns to where it came from. */
export const leave = () => {
	const sheet = narrow.matches && document.body.classList.contains("sheet-open");
	const inside = $("#panel").contains(document.activeElement);
	document.body.classList.remove("sheet-open");
	settle();
	if (!opener || !(sheet || inside)) return;
	const from = typeof opener === "string" ? $(`a[href="${CSS.escape(opener)}"]`) : opener;
	[from, $("#browse"), $("#tab-catalogue")].find((target) => target?.offsetParent)?.focus();
};

export const select = (name) => {
	for (const other of ["article", "catalogue"]) {
		const chosen = other === name;
		$(`#${other}`).hidden = !chosen;
		$(`#tab-${other}`).setAttribute("aria-selected", String(chosen));
		$(`#tab-${other}`).tabIndex = chosen ? 0 : -1;
	}
	if (name === "catalogue") loadCatalogue();
};

/** Show one line in place of an article. */
export const empty = (text) => {
	asked += 1;
	$("#article").replaceChildren(blank(text));
};

const drawRun = (run, begun) => {
	if (!run.labels.length) return run.text;
	const mark = make("mark", "cited");
	mark.tabIndex = -1;
	mark.dataset.labels = ` ${run.labels.join(" ")} `;
	for (const label of run.labels.filter((label) => !begun.has(label))) {
		begun.add(label);
		mark.append(make("span", "number", String(label)));
	}
	mark.append(run.text);
	return mark;
};

const drawArticle = (article) => {
	const begun = new Set();
	const story = make("article", "story");
	const eyebrow = [article.report, article.label].filter(Boolean).join("\u00a0· ");
	story.append(make("p", "eyebrow", eyebrow));
	if (article.changed) {
		story.append(make("p", "changed", "这篇报道在回答之后更新过，原句可能已经改动。"));
	}
	if (!article.blocks.some((block) => block.kind === "headline")) {
		story.append(make("h2", "headline", article.headline));
	}
	for (const block of article.blocks) {
		const runs = block.runs.map((run) => drawRun(run, begun));
		story.append(make(TAGS[block.kind] || "p", block.kind, ...runs));
	}
	$("#article").replaceChildren(story);
	$("#article").scrollTop = 0;
};

const point = (label, focus) => {
	const box = $("#article");
	const marks = [...box.querySelectorAll("mark.cited")];
	const chosen = marks.filter((mark) => mark.dataset.labels.includes(` ${label} `));
	marks.forEach((mark) => mark.classList.toggle("on", chosen.includes(mark)));
	const [first] = chosen;
	if (first) {
		const offset = first.getBoundingClientRect().top - box.getBoundingClientRect().top;
		const top = box.scrollTop + offset - box.clientHeight / 4;
		box.scrollTo({ top, behavior: calm.matches ? "auto" : "smooth" });
	}
	if (focus) (first || box).focus({ preventScroll: true });
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
		drawArticle(article);
		point(label, Boolean(from));
	} catch (error) {
		if (mine === asked) $("#article").replaceChildren(blank(sentence(error)));
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

const drawReport = (report) => {
	const entries = report.articles.map((article) => {
		const community = article.community ? make("small", "", article.community) : null;
		const entry = make("button", "entry", make("span", "headline", article.headline), community);
		entry.type = "button";
		entry.dataset.article = article.id;
		return make("li", "", entry);
	});
	const about = report.about ? make("p", "about", report.about) : null;
	return make("section", "report", make("h2", "", report.title), about, make("ul", "", ...entries));
};

const loadCatalogue = async () => {
	if (catalogueLoaded) return;
	try {
		const { reports } = await fetchJson("reports");
		const drawn = reports.length ? reports.map(drawReport) : [blank("报道库还是空的。")];
		$("#catalogue").replaceChildren(...drawn);
		catalogueLoaded = true;
	} catch (error) {
		$("#catalogue").replaceChildren(blank(sentence(error)));
	}
};
