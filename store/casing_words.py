"""How names, acronyms and borrowed words are written: for titles that came in capitals."""

from __future__ import annotations

_ACRONYMS = """
AI ANTT ASEAN ATGT ATTP ATTT BCĐ BHXH BHYT BTTTT BVHTTDL CCHC CĐS CLB CNTT CNXH COVID COVID-19
CSDL CTTĐT DN DVC DVCTT EU FDI FPT GPMB GTVT HĐND HTX ICT IP IT KCN KHCN KH&CN KT-XH LĐTBXH LGSP
MTTQ NĐ-CP NTM NSNN NQ/TW OCOP ODA PAPI PCTT PCI QLNN QPPL SIM SMS TBT THCS THPT TNMT TP TP.HCM TT
TT-TT TTCN TT&TT TTĐT TTHC TTTT TTXVN TW UBND UBMTTQ UNESCO UNICEF USD VBQPPL VĐV VH-TT VHTT VNPT
WTO XDCB XHCN XKLĐ APEC INTERPOL NAPAS UBTƯ BCHTƯ
"""
ACRONYMS = frozenset(_ACRONYMS.split())
OR_WORDS = frozenset({"AI", "SIM"})
"""Of these, what is a word too: the body decides."""
CENTRAL = "TƯ"
"""`trung ương` where the Party or a front follows; else a word (`thông tư`, `đầu tư`)."""
BEHIND_CENTRAL = frozenset({"đảng", "đoàn", "hội", "mttq", "mặt"})
ASKS_WHO = frozenset({"cũng", "là", "đã", "sẽ", "được", "phải", "mà"})
"""Words behind `ai`, where it asks who."""

_BORROWED = """
game blog logo clip file fan show tour taxi test link chat card code data auto golf gala app web
wifi zoom kit jazz pop rap rock spa tivi casio visa size set fax gas
"""
BORROWED = frozenset(_BORROWED.split())
"""Short words that are no syllables and no acronyms either."""

_NAMES = (
    "Việt Nam|Hồ Chí Minh|Bác Hồ|Đảng|Chính phủ|Quốc hội|Thủ tướng|Nhà nước|Nhân dân|Trung ương"
    "|Sở Thông tin và Truyền thông|Bộ Thông tin và Truyền thông|Thông tin và Truyền thông"
    "|Sở Khoa học và Công nghệ|Bộ Khoa học và Công nghệ|Sở Bưu chính, Viễn thông"
    "|Mặt trận Tổ quốc|Đoàn Thanh niên|Tết|Tết Nguyên đán|Internet|Viettel|MobiFone|VinaPhone"
    "|Facebook|Zalo|YouTube|Google|TikTok|VNeID|IoT|IPv6|Wi-Fi|Điện Biên Phủ|Đông Nam Á|Đảng bộ"
    "|Đảng viên|PAR Index|ICT Index|Quốc khánh|Quốc tế Phụ nữ|Quốc tế Lao động"
    "|Ngày Nhà giáo Việt Nam|Ngày Thương binh - Liệt sĩ|Ban Thường vụ|Ban Chấp hành"
    "|Ban Tuyên giáo|Hội đồng nhân dân|Ủy ban nhân dân|Uỷ ban nhân dân|Hội Nông dân"
    "|Hội Cựu chiến binh|Hội Liên hiệp Phụ nữ|Liên đoàn Lao động|Biển Đông|Hoàng Sa"
    "|Trường Sa|châu Á|châu Âu"
)
NAMES = tuple(_NAMES.split("|"))
SURE_NAMES = ("Việt Nam", "Thái Bình Dương", "Ấn Độ Dương")
"""Names that hold the half of a province's, or stand before a word that makes one."""
_FIELDS = (
    "Tư pháp|Y tế|Nội vụ|Tài chính|Xây dựng|Công Thương|Ngoại vụ|Ngoại giao|Quốc phòng|Công an"
    "|Giáo dục và Đào tạo|Giao thông vận tải|Kế hoạch và Đầu tư|Tài nguyên và Môi trường"
    "|Nông nghiệp và Phát triển nông thôn|Nông nghiệp và Môi trường|Dân tộc và Tôn giáo"
    "|Văn hóa, Thể thao và Du lịch|Văn hóa và Thể thao|Du lịch|Lao động, Thương binh và Xã hội"
    "|Lao động - Thương binh và Xã hội"
)
FIELDS = tuple(_FIELDS.split("|"))
"""What departments and ministries are for."""

_STEMS = ("Giáp", "Ất", "Bính", "Đinh", "Mậu", "Kỷ", "Canh", "Tân", "Nhâm", "Quý")
_BRANCHES = ("Tý", "Sửu", "Dần", "Mão", "Thìn", "Tỵ", "Ngọ", "Mùi", "Thân", "Dậu", "Tuất", "Hợi")
YEARS = tuple(f"{_STEMS[n % 10]} {_BRANCHES[n % 12]}" for n in range(60))
"""The sixty years of the calendar."""

BEGUN_BEFORE = {
    "nghệ": frozenset({"công", "văn", "mỹ"}),
    "cao": frozenset({"nâng"}),
    "ninh": frozenset({"an"}),
    "gia": frozenset({"quốc"}),
    "điện": frozenset({"bưu"}),
}
"""First word of a province → words before it that make another word with it (`công nghệ`)."""
GOES_ON_AFTER = {
    "an": frozenset({"toàn", "ninh", "sinh"}),
    "biên": frozenset({"giới", "phòng", "chế"}),
    "bằng": frozenset({"cấp", "khen"}),
}
"""Last word of a province → words behind it that make another word with it (`biên giới`)."""
BEFORE_A_PROVINCE = frozenset({"tỉnh", "ubnd", "tp", "phố"})

_SURNAMES = """
nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh trịnh đoàn lương mai
lò vàng giàng sùng thào quàng hà cao tô trương lâm triệu nông hứa
"""
SURNAMES = frozenset(_SURNAMES.split())
MIDDLE_NAMES = frozenset({"văn", "thị"})
NO_GIVEN_NAMES = frozenset(
    {"hóa", "hoá", "bản", "phòng", "nghệ", "học", "kiện", "bằng", "xã", "trấn"}
)
"""Words behind `văn` and `thị` that make another word of it."""
