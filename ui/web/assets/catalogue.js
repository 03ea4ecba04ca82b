// The catalogue: what reports there are, kept up to date while new ones are taken in.
import { $, blank, fetchJson, make, scanTag, sentence } from "./dom.js";
import { drawIntake } from "./intake.js";

const EVERY_MS = 3000;

let drawn = null; // the generation of the library that is shown
let timer = null;

const drawReport = (report) => {
	const entries = report.articles.map((article) => {
		const community = article.community ? make("small", "", article.community) : null;
		const entry = make("button", "entry", make("span", "headline", article.headline), community);
		entry.type = "button";
		entry.dataset.article = article.id;
		return make("li", "", entry);
	});
	const about = make("p", "about", `${report.about} `, scanTag(report.scan));
	return make("section", "report", make("h2", "", report.title), about, make("ul", "", ...entries));
};

const drawReports = async (generation) => {
	const { reports } = await fetchJson("reports");
	const focused = document.activeElement?.dataset?.article;
	const shown = reports.length ? reports.map(drawReport) : [blank("报道库还是空的。")];
	$("#reports").replaceChildren(...shown);
	if (focused) $(`#reports [data-article="${CSS.escape(focused)}"]`)?.focus();
	drawn = generation;
};

const look = async () => {
	timer = null;
	try {
		const intake = await fetchJson("intake");
		if (drawn !== intake.generation) await drawReports(intake.generation);
		drawIntake(intake);
		if (intake.folders && !$("#catalogue").hidden) timer = setTimeout(look, EVERY_MS);
	} catch (error) {
		if (drawn === null) $("#reports").replaceChildren(blank(sentence(error)));
		else if (!$("#catalogue").hidden) timer = setTimeout(look, 4 * EVERY_MS);
	}
};

/** Show the catalogue as it is now; where folders are watched, look again for as long as it is open. */
export const loadCatalogue = () => {
	if (timer === null) look();
};
