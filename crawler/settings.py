"""Scrapy's settings: polite first, as Scrapy's own defaults are not (its docs, "Settings")."""

from __future__ import annotations

from typing import Any

from crawler.config import Config

config = Config()

BOT_NAME = "tinso"
SPIDER_LOADER_CLASS = "crawler.loader.SourceLoader"
SPIDER_MODULES: list[str] = []
USER_AGENT = config.user_agent

# One request in flight a host. A delay above 0 is part of it: with none, Scrapy 2.14 to 2.19
# does not hold to the limit on the asyncio reactor.
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "tinso"
CONCURRENT_REQUESTS = 1
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 1.0
DOWNLOAD_DELAY_JITTER = 0
DOWNLOAD_TIMEOUT = 30
DOWNLOAD_MAXSIZE = 16 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_VERIFY_CERTIFICATES = True
RETRY_TIMES = 2
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"  # the run tells it; an error in the log is a fault of ours
REDIRECT_MAX_TIMES = 5
METAREFRESH_ENABLED = False
CONCURRENT_ITEMS = 1  # a task a response instead of a hundred: a third less CPU

DOWNLOAD_HANDLERS: dict[str, Any] = {
    "http": "crawler.download.Http",
    "https": "crawler.tls.Https",
    **dict.fromkeys(("file", "data", "ftp", "s3")),
}
TWISTED_DNS_RESOLVER = "crawler.guard.PublicResolver"
DOWNLOADER_MIDDLEWARES: dict[str, Any] = {
    "crawler.guard.PublicAddresses": 10,
    "crawler.render.Rendering": 20,  # before robots.txt is asked for, and last to see an answer
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "crawler.conditional.Conditional": 500,
    "crawler.patience.Patience": 560,  # sees an answer before it is tried again
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "crawler.download.Unpacking": 590,
    "crawler.guard.HomeRedirects": 600,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawler.politeness.KeptRobots": 100,
}
ITEM_PIPELINES = {"crawler.pipelines.Check": 100, "crawler.pipelines.Keep": 900}
EXTENSIONS = {"crawler.runlog.RunLog": 0, "crawler.politeness.CrawlDelay": 0}

# Both open a port in every crawl that runs whatever its caller sends.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False

LOG_LEVEL = "WARNING"
