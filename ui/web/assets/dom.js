// Small helpers: find and make elements (text only, never HTML), fetch JSON, tell the visitor.

export const $ = (selector, root = document) => root.querySelector(selector);

export const make = (tag, className, ...children) => {
	const element = document.createElement(tag);
	if (className) element.className = className;
	element.append(...children.filter((child) => child !== null && child !== ""));
	return element;
};

/** Fetch JSON from our own server; an error carries the server's sentence, if it gave one. */
export const fetchJson = async (address, options = {}) => {
	const response = await fetch(address, { headers: { accept: "application/json" }, ...options });
	const value = await response.json().catch(() => ({}));
	if (!response.ok) throw new Error(typeof value.detail === "string" ? value.detail : "");
	return value;
};

/** The sentence to show for an error: the server's, or that it could not be reached. */
export const sentence = (error, otherwise = "没能读到报道，请检查网络后再试。") =>
	(/[\u4e00-\u9fff]/.test(error.message) ? error.message : otherwise);

/** Tell a screen reader. */
export const say = (text) => { $("#status").textContent = text; };

/** Show a line of trouble to everybody, or take it away with an empty text. */
export const warn = (text) => {
	$("#notice").textContent = text;
	$("#notice").hidden = !text;
};

export const blank = (text) => make("p", "blank", text);

/** The mark of a scan, where there is one to show. */
export const scanTag = (text) => (text ? make("span", "scan", text) : null);
