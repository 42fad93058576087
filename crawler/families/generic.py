"""Any other site: the class names that Vietnamese portals share, and what pages say of themselves.

Source: selectors of public crawlers of 30 portals and saved pages of Liferay, SharePoint, DNN,
Joomla, Drupal and VCCorp sites, 2026-11. A source whose site has other names says so in its
`[select]`.
"""

from __future__ import annotations

import re
from typing import ClassVar

from crawler.extract.rules import Rules
from crawler.families.base import Family


class Generic(Family):
    """The family of sites without one."""

    name: ClassVar[str] = "generic"
    signs_in_body: ClassVar[bool] = True
    article_address: ClassVar[re.Pattern[str]] = re.compile(
        r"^(?!.*(?:/(?:print|in-bai|tag|tags|topic|category|chuyen-muc|chuyenmuc|danh-muc|rss|feed|login"
        r"|dang-nhap|register|search|tim-kiem|author|lien-he|sitemap|users?|admin|phantrang|_layouts)"
        r"(?:[/?#.]|$)|printpage|inbaiviet|javascript:|\.(?:pdf|docx?|xlsx?|jpe?g|png|gif|zip|rar|rss|xml)$))"
        r"https?://[^/]+/(?:"
        r"[^#]*[?&](?!(?:\w*_)?(?:c|cat|cate|category|chuyenmuc|loai|menu|tab|page|portal|group|m|s|sub"
        r"|parent|lang|zone|module|user)_?id=)(?:\w*id|id_?(?:tb|tin|bai(?:viet)?|news|post)|dinhdanh|p|n|(?:ma|so)?(?:tin|bai|post))=\d+"
        r"(?:&|$)"
        r"|[^#]*[?&](?!(?:cat|category|chuyenmuc|danhmuc|menu|tag|q|keyword|tukhoa)=)\w+="
        r"(?:[^&#]*/)?(?:[^-/&#]+-){3,}[^-/&#]+(?:&|$)"
        r"|(?:[^?#]*/)?-/(?:asset_publisher/[^?#]+/content/|details/|view_content/|view-article/)?[^?#]*[^/?#]{8,}"
        r"|(?:[^?#]*/)?(?:node|id|content|item|tintuc|nid|chi-?tiet(?:-?tin)?|xem-?tin|details?|view)"
        r"/\d+(?:[/?#-]|\.(?:html?|aspx|php)|$)"
        r"|(?:[^?#]*/)?(?:bai-?viet|article|post)/\d+\.(?:html?|aspx|php)(?:\?|$)"
        r"|[^?#]*/\d{3,}(?:/[^?#]*|\.(?:html?|aspx|php))?(?:\?|$)"
        r"|\d{5,}(?:/[^?#]*|\.(?:html?|aspx|php))?(?:\?|$)"
        r"|[^?#]*/(?:[^/?#_]+_){3,}[^/?#_]+\.(?:html?|aspx)(?:\?|$)"
        r"|[^?#]*-[a-z]?\d{2,}(?:\.(?:html?|aspx)|/)?(?:\?|$)"
        r"|[^?#]*/\d+-[^/?#]{8,}(?:\?|$)"
        r"|[^?#]*(?:[^/?#]*-){3,}[^/?#]*(?:\.(?:html?|aspx)|/)?(?:\?|$)"
        r"|[^?#]*/pages/\d{4}-\d\d?-\d\d?/[^/?#]+\.aspx)",
        re.IGNORECASE,
    )
    rules: ClassVar[Rules] = Rules(
        entry_link=(
            ".asset-title a[href]",
            "h2 a[href]",
            "h3 a[href]",
            "h4 a[href]",
        ),
        entry_title=(".asset-title a", "h2 a", "h3 a", "h4 a"),
        entry_date=(
            "time::attr(datetime)",
            "[class*=PublishDate]",
            "[class*=publish-date]",
            "[class*=date]",
            "[class*=Date]",
            "[class*=time]",
            "[class*=ngay]",
            "span::attr(title)",
        ),
        entry_summary=(
            ".asset-summary",
            "[class*=sapo]",
            "[class*=summary]",
            "[class*=mota]",
            "[class*=desc]",
            "p:not(:has(a))",
        ),
        next=(
            "link[rel=next]",
            "a[rel=next]",
            ".taglib-page-iterator a.next",
            "li.pager-next a",
            ".pager__item--next a",
            ".pagination .active + li a",
            ".pagination li.next a",
        ),
        title=(
            "#news_content h1",
            ".asset-full-content-title",
            ".tandan-p-article-news-title",
            ".tandan-title-view",
            "[data-role=title]",
            ".item-page [itemprop=headline]",
            ".TT_TinChiTiet_TieuDe",
            "[id$=lblTitle]",
            "[id$=lblTieuDe]",
            "h1[itemprop=headline]",
            ".article-title",
            ".title-detail",
            ".detail-title",
            ".news-title-detail",
            "h1.title",
            "h1.entry-title",
            "#page-title",
        ),
        date=(
            ".assetPublishDate",
            ".tandan-span-date-publish",
            ".tandan-date-view",
            "[data-role=publishdate]",
            "[itemprop=datePublished]::attr(datetime)",
            "[itemprop=datePublished]::attr(content)",
            ".published time::attr(datetime)",
            ".metadata-publish-date",
            ".TT_TinChiTiet_NgayCapNhat",
            "[id$=lblNgayDang]",
            "[id$=lblDate]",
            ".PostDate",
            ".date_post",
            ".meta-data-date",
            ".date_time",
            "#datearticle",
            ".date_pst",
            ".thongke-ngay",
            ".date-post",
            ".publish-date",
            ".time_detail_news",
            ".chi-tiet-publish-date",
            "article time::attr(datetime)",
            ".submitted",
            ".createdate",
            ".ngaydang",
            ".date-detail",
            ".detail-date",
            ".detail-time",
        ),
        summary=(
            "#divArticleDescription",
            "[data-role=sapo]",
            ".sapo-wrapper .sapo",
            ".tandan-p-article-news-summary",
            ".chi-tiet-sub-content",
            ".article_summary_detail",
            ".ArticleSummary",
            ".article-summary",
            ".summary_detail_news",
            ".sapo",
            ".hometext",
        ),
        body=(
            "#divArticleContent",
            "#divArticleDescription2",
            "[itemprop=articleBody]",
            "[data-role=content]",
            ".journal-content-article",
            ".tandan-p-article-main",
            ".tandan-p-article-news-content",
            ".chi-tiet-main-content",
            ".TT_TinChiTiet_DocTin",
            "[id$=lblNoiDung]",
            "[id$=lblContent]",
            ".ArticleContent",
            ".article-content",
            ".detail-content",
            ".content-detail",
            ".textdetail",
            ".chitietbaiviet",
            ".noi-dung-trang",
            ".asset-content",
            ".field-name-body",
            ".field--name-body",
            ".itemFullText",
            ".edn_articleText",
            ".ms-rtestate-field",
            ".entry-content",
            ".bodytext",
            "#contenttin",
            "#show_content",
        ),
        byline=(
            "[itemprop=author] [itemprop=name]",
            ".tacgia",
            ".author-name",
            ".createdby [itemprop=name]",
        ),
        source_credit=("[id$=_pnNguontin]", ".nguontin", ".source-news"),
        section=(
            'meta[property="article:section"]::attr(content)',
            ".category-name a",
            ".breadcrumb li:last-child a",
        ),
        attachments=(
            ".file-dinh-kem a[href]",
            ".attachments a[href]",
            ".field-name-field-file a[href]",
        ),
        drop=(
            "div.VCSortableInPreviewMode[type=RelatedOneNews]",
            "div.VCSortableInPreviewMode[type=RelatedNewsBox]",
            "[class*=related]",
            ".tandan-div-article-other",
            ".view-content-author",
            ".sharethis",
            ".fb-like",
        ),
    )
