"""How Gradio's own parts look: our colours and fonts, in sizes that grow with the page."""

import gradio as gr

SANS = ("PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif")

INK, BRAND, PAPER, LINE = "#20292b", "#17494d", "#f6f4ee", "#d8d3c6"


def theme() -> gr.themes.Base:
    """Return the theme: light, flat, and with the fonts that the visitor's system has."""
    size = gr.themes.Size(
        name="rem",
        xxs=".7rem",
        xs=".8rem",
        sm=".9rem",
        md="1rem",
        lg="1.1rem",
        xl="1.3rem",
        xxl="1.6rem",
    )
    fonts = [gr.themes.Font(name) for name in SANS]
    base = gr.themes.Base(text_size=size, font=fonts, font_mono=[gr.themes.Font("monospace")])
    colours = {
        "body_background_fill": PAPER,
        "body_text_color": INK,
        "background_fill_primary": "transparent",
        "input_background_fill": "#ffffff",
        "input_border_color": "#8d9693",
        "input_border_color_focus": BRAND,
        "input_placeholder_color": "#66706f",
        "button_primary_background_fill": BRAND,
        "button_primary_background_fill_hover": "#0f3538",
        "button_primary_text_color": "#ffffff",
        "button_secondary_background_fill": "#ffffff",
        "button_secondary_background_fill_hover": "#edf2f0",
        "button_secondary_text_color": BRAND,
        "button_secondary_border_color": LINE,
        "block_border_width": "0px",
        "block_background_fill": "transparent",
    }
    both = colours | {f"{name}_dark": value for name, value in colours.items()}
    return base.set(**both, block_shadow="none", button_large_radius="8px", input_radius="8px")
