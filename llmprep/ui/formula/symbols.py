"""What every macro stands for: characters, their kinds, fonts, accents, Unicode scripts."""

from __future__ import annotations

from llmprep.ui.formula.nodes import Kind

# ------------------------------------------------------------------ symbols

_GREEK = """
alpha α  beta β  gamma γ  delta δ  epsilon ε  varepsilon ε  zeta ζ  eta η  theta θ  vartheta ϑ  iota ι
kappa κ  lambda λ  mu μ  nu ν  xi ξ  omicron ο  pi π  varpi ϖ  rho ρ  varrho ϱ  sigma σ  varsigma ς
tau τ  upsilon υ  phi φ  varphi ϕ  chi χ  psi ψ  omega ω
Gamma Γ  Delta Δ  Theta Θ  Lambda Λ  Xi Ξ  Pi Π  Sigma Σ  Upsilon Υ  Phi Φ  Psi Ψ  Omega Ω
"""

_ORDINARY = """
infty ∞  partial ∂  nabla ∇  ell ℓ  hbar ℏ  forall ∀  exists ∃  nexists ∄  neg ¬  lnot ¬  emptyset ∅
varnothing ∅  prime ′  ldots …  dots …  dotsc …  dotso …  cdots ⋯  dotsb ⋯  dotsm ⋯  vdots ⋮  ddots ⋱
top ⊤  bot ⊥  angle ∠  triangle △  square □  blacksquare ■  checkmark ✓  star ⋆  bullet •  dagger †
Re ℜ  Im ℑ  aleph ℵ  degree °  % %  _ _  & &  # #  $ $  backslash \\  vert |  Vert ‖  | ‖
S §  P ¶  pounds £  copyright ©  imath ı  jmath ȷ  wp ℘  complement ∁  clubsuit ♣  heartsuit ♥
"""

_BINARY = """
pm ±  mp ∓  times ×  div ÷  cdot ·  ast ∗  circ ∘  cap ∩  cup ∪  setminus ∖  wedge ∧  land ∧  vee ∨  lor ∨
oplus ⊕  ominus ⊖  otimes ⊗  odot ⊙  oslash ⊘  bmod mod  uplus ⊎  sqcup ⊔  sqcap ⊓  amalg ⨿  wr ≀
"""

_RELATIONS = """
le ≤  leq ≤  leqslant ≤  ge ≥  geq ≥  geqslant ≥  ne ≠  neq ≠  approx ≈  sim ∼  simeq ≃  cong ≅  equiv ≡
propto ∝  ll ≪  gg ≫  prec ≺  succ ≻  preceq ⪯  succeq ⪰  lesssim ≲  gtrsim ≳  triangleq ≜  doteq ≐
in ∈  notin ∉  ni ∋  subset ⊂  subseteq ⊆  supset ⊃  supseteq ⊇  subsetneq ⊊  perp ⊥  parallel ∥  mid |
nmid ∤  models ⊨  vdash ⊢  asymp ≍  colon :  coloneqq ≔  coloneq ≔  defeq ≝  because ∵  therefore ∴
to →  rightarrow →  gets ←  leftarrow ←  leftrightarrow ↔  Rightarrow ⇒  implies ⟹  Leftarrow ⇐  impliedby ⟸
Leftrightarrow ⇔  iff ⟺  mapsto ↦  longmapsto ⟼  longrightarrow ⟶  longleftarrow ⟵  Longrightarrow ⟹
longleftrightarrow ⟷  uparrow ↑  downarrow ↓  updownarrow ↕  Uparrow ⇑  Downarrow ⇓  hookrightarrow ↪
hookleftarrow ↩  rightharpoonup ⇀  leadsto ⇝  rightsquigarrow ⇝  nearrow ↗  searrow ↘  swarrow ↙  nwarrow ↖
rightleftharpoons ⇌  nrightarrow ↛  lt <  gt >
"""

_PUNCTUATION = "colonsep :"

DELIMITERS = {
    "(": "(", ")": ")", "[": "[", "]": "]", "/": "/", "|": "|", "<": "⟨", ">": "⟩", ".": "",
    "\\{": "{", "\\}": "}", "\\|": "‖", "\\lbrace": "{", "\\rbrace": "}", "\\lbrack": "[", "\\rbrack": "]",
    "\\langle": "⟨", "\\rangle": "⟩", "\\lfloor": "⌊", "\\rfloor": "⌋", "\\lceil": "⌈", "\\rceil": "⌉",
    "\\vert": "|", "\\lvert": "|", "\\rvert": "|", "\\Vert": "‖", "\\lVert": "‖", "\\rVert": "‖",
    "\\backslash": "\\", "\\lparen": "(", "\\rparen": ")", "\\uparrow": "↑", "\\downarrow": "↓",
    "{": "{", "}": "}", "⟨": "⟨", "⟩": "⟩", "⌊": "⌊", "⌋": "⌋", "⌈": "⌈", "⌉": "⌉", "‖": "‖",
}  # fmt: skip

_OPENING = "([{⟨⌊⌈（【《「"
_CLOSING = ")]}⟩⌋⌉）】》」!"


def _names(listing: str) -> frozenset[str]:
    return frozenset(listing.split())


def _table(listing: str) -> dict[str, str]:
    words = listing.split()
    return dict(zip(words[::2], words[1::2], strict=True))


def _symbols() -> dict[str, tuple[str, Kind]]:
    symbols: dict[str, tuple[str, Kind]] = {}
    for kind, listing in (
        (Kind.ORDINARY, _GREEK),
        (Kind.ORDINARY, _ORDINARY),
        (Kind.BINARY, _BINARY),
        (Kind.RELATION, _RELATIONS),
        (Kind.PUNCTUATION, _PUNCTUATION),
    ):
        symbols |= {name: (character, kind) for name, character in _table(listing).items()}
    for name, character in DELIMITERS.items():
        if name.startswith("\\") and name[1:] not in symbols:
            symbols[name[1:]] = (character, _delimiter_kind(name[1:], character))
    return symbols


def _delimiter_kind(name: str, character: str) -> Kind:
    if character in _OPENING or name in ("lvert", "lVert"):
        return Kind.OPEN
    return Kind.CLOSE if character in _CLOSING or name in ("rvert", "rVert") else Kind.ORDINARY


#: macro name (without backslash) → character and kind
SYMBOLS = _symbols()

BIG_OPERATORS = _table(
    "sum ∑  prod ∏  coprod ∐  bigcup ⋃  bigcap ⋂  bigoplus ⨁  bigotimes ⨂  bigodot ⨀  bigvee ⋁  bigwedge ⋀"
)
INTEGRALS = _table("int ∫  iint ∬  iiint ∭  oint ∮")

FUNCTIONS = _names(
    "log ln lg exp sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh coth "
    "dim ker deg hom softmax sigmoid"
)
FUNCTIONS_WITH_LIMITS = _names("max min sup inf lim limsup liminf det gcd Pr arg argmax argmin")

SPACES = {
    ",": 1, ":": 1, ";": 1, ">": 1, " ": 1, "!": -1, "quad": 2, "qquad": 4, "enspace": 1, "thinspace": 1,
    "medspace": 1, "thickspace": 1, "negthinspace": -1, "hspace": 1, "hskip": 1, "nobreakspace": 1,
    "\n": 1, "\t": 1,
}  # fmt: skip

#: layout instructions that change nothing in a terminal
IGNORED = _names(
    "displaystyle textstyle scriptstyle scriptscriptstyle nonumber notag mathstrut strut label tag hfill "
    "hline centering allowbreak nobreak relax protect vphantom color tiny small normalsize large par noindent"
)

ACCENTS = {
    "hat": "\u0302", "widehat": "\u0302", "tilde": "\u0303", "widetilde": "\u0303", "bar": "\u0304",
    "overline": "\u0304", "vec": "\u20d7", "overrightarrow": "\u20d7", "dot": "\u0307", "ddot": "\u0308",
    "check": "\u030c", "breve": "\u0306", "acute": "\u0301", "grave": "\u0300", "mathring": "\u030a",
    "underline": "\u0332", "underbar": "\u0332",
}  # fmt: skip

#: combining mark → what stands in the row above (or below) a base too wide for it
WIDE_ACCENTS = {
    "\u0302": "^", "\u0303": "~", "\u20d7": "→", "\u0307": ".", "\u0308": "¨", "\u030c": "ˇ",
    "\u0306": "˘", "\u0301": "´", "\u0300": "`", "\u030a": "˚",
}  # fmt: skip
OVERLINE, UNDERLINE = "\u0304", "\u0332"

NEGATED = {"=": "≠", "∈": "∉", "∼": "≁", "≡": "≢", "⊂": "⊄", "⊆": "⊈", "<": "≮", ">": "≯", "≤": "≰", "≥": "≱",
           "|": "∤", "∥": "∦", "∃": "∄", "→": "↛", "≈": "≉"}  # fmt: skip

# --------------------------------------------------------------- characters

_CHARACTER_KINDS = {
    **{character: kind for character, kind in SYMBOLS.values() if kind is not Kind.ORDINARY},
    **dict.fromkeys(_OPENING, Kind.OPEN),
    **dict.fromkeys(_CLOSING, Kind.CLOSE),
    **dict.fromkeys(",;，；、", Kind.PUNCTUATION),
    **dict.fromkeys("=<>:：≔", Kind.RELATION),
    **dict.fromkeys("+-−*±×", Kind.BINARY),
    **dict.fromkeys("∑∏⋃⋂", Kind.BIG_OPERATOR),
    **dict.fromkeys("|‖", Kind.ORDINARY),
}


def character_kind(character: str) -> Kind:
    """Kind of a character typed as it is."""
    return _CHARACTER_KINDS.get(character, Kind.ORDINARY)


# -------------------------------------------------------------------- fonts

_CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SMALL = _CAPITALS.lower()
_GREEK_CAPITALS = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡϴΣΤΥΦΧΨΩ∇"
_GREEK_SMALL = "αβγδεζηθικλμνξοπρςστυφχψω∂ϵϑϰϕϱϖ"


def _font(capitals: int, small: int, digits: int = 0, exceptions: str = "") -> dict[str, str]:
    font = {letter: chr(capitals + index) for index, letter in enumerate(_CAPITALS)}
    font |= {letter: chr(small + index) for index, letter in enumerate(_SMALL)}
    if digits:
        font |= {str(digit): chr(digits + digit) for digit in range(10)}
    return font | _table(exceptions)


_DOUBLE_STRUCK = _font(0x1D538, 0x1D552, 0x1D7D8, "C ℂ H ℍ N ℕ P ℙ Q ℚ R ℝ Z ℤ")
_SCRIPT = _font(0x1D49C, 0x1D4B6, 0, "B ℬ E ℰ F ℱ H ℋ I ℐ L ℒ M ℳ R ℛ e ℯ g ℊ o ℴ")
_FRAKTUR = _font(0x1D504, 0x1D51E, 0, "C ℭ H ℌ I ℑ R ℜ Z ℨ")
_BOLD = _font(0x1D400, 0x1D41A, 0x1D7CE) | {
    letter: chr(start + index)
    for start, letters in ((0x1D6A8, _GREEK_CAPITALS), (0x1D6C2, _GREEK_SMALL))
    for index, letter in enumerate(letters)
}

#: macro → what its letters become
FONTS: dict[str, dict[str, str]] = {
    "mathbb": _DOUBLE_STRUCK, "mathds": _DOUBLE_STRUCK, "mathbbm": _DOUBLE_STRUCK,
    "mathcal": _SCRIPT, "mathscr": _SCRIPT, "mathfrak": _FRAKTUR,
    "mathbf": _BOLD, "boldsymbol": _BOLD, "bm": _BOLD, "bf": _BOLD, "cal": _SCRIPT, "it": {}, "mathit": {},
}  # fmt: skip

#: font switches without an argument: {\\bf x}
SWITCHES = frozenset(("rm", "bf", "it", "cal"))
#: macros whose letters are one upright word
UPRIGHT = frozenset(("mathrm", "mathsf", "mathtt", "rm", "operatorname", "mathop"))
TEXT = _names("text textrm textit textbf textsf texttt textnormal textup emph mbox hbox textsc")

# ------------------------------------------------------------ Unicode scripts
# Without the few Greek letters there are: ᵦ beside a lowered θ would look like another kind of thing.

SUPERSCRIPTS = dict(zip(
    "0123456789+-−=()*′⊤abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾*′ᵀᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ",
    strict=True,
))  # fmt: skip
SUBSCRIPTS = dict(zip(
    "0123456789+-−=()aehijklmnoprstuvx",
    "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ",
    strict=True,
))  # fmt: skip
