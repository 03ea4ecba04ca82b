// The panel and its two tabs.
// A column on wide screens, a sheet from below on narrow ones.
import { loadCatalogue } from "./catalogue.js";
import { $ } from "./dom.js";

export const narrow = matchMedia("(max-width: 900px)");

let opener = null; // the address of the chip, or the element, that focus goes back to

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
