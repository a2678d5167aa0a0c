-- What goes wrong in every log. status is what the database answered; {today} is the day.

--- ago=85 at=10:04 user=otto status=failed
SELCT day, net_revenue FROM analytics.revenue_daily;
--- ago=72 at=13:20 user=mateo status=failed
SELECT TOP 10 country, net_revenue FROM analytics.revenue_daily ORDER BY;
--- ago=66 at=09:58 user=kim status=failed
SELECT email, FROM analytics.marketing_mailing_list WHERE country = 'FR';
--- ago=54 at=16:44 user=rosa status=failed
show me the active students of last month;
--- ago=47 at=11:11 user=dasha status=failed
SELECT (count(*) FROM raw_data.payments;
--- ago=31 at=15:31 user=june status=failed
SELECT subject FROM analytics.fct_support_ticket WHERE subject LIKE '%refund;
--- ago=20 at=14:02 user=amara status=failed
INSERT INTO analytics.campaign_performance VALUES ('2026-13', 'search' 12;
--- ago=44 at=10:10 user=june status=ok
SELECT ticket_id, status FROM analytics.fct_support_ticket WHERE contact_email = 'someone@example.com';
--- ago=38 at=10:12 user=farid status=ok
SELECT student_id, country FROM raw_data.students WHERE email = 'someone.else@example.net' OR phone = '+1 212 555 0100';
--- ago=29 at=17:20 user=hugo status=ok
SELECT student_id, logged_in_at FROM raw_data.logins WHERE ip_address = '203.0.113.7' ORDER BY logged_in_at DESC;
--- ago=15 at=08:41 user=leila status=ok
SELECT profile FROM analytics.student_360 WHERE json_extract(profile, '$.email') = 'somebody@example.org';
--- ago=27 at=12:15 user=dasha status=ok
EXPLAIN QUERY PLAN SELECT day FROM analytics.revenue_daily WHERE country = 'KR';
--- ago=27 at=12:16 user=dasha status=ok
PRAGMA analytics.table_info(revenue_daily);
--- ago=22 at=09:30 user=wei status=failed
INSERT INTO analytics.dim_student (student_id, email) SELECT ticket_id, contact_email FROM raw_data.support_tickets;
--- ago=11 at=18:02 user=ines status=ok
CREATE TEMP TABLE heavy AS SELECT learner_key, sum(minutes_28d) AS minutes FROM analytics.churn_features GROUP BY learner_key;
SELECT count(*) FROM heavy WHERE minutes > 600;
DROP TABLE heavy;
